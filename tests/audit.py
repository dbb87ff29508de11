"""Reads `cargo metadata` and refuses a dependency from elsewhere than the registry, or under a
licence that may not be shipped with an MIT program."""

import json
import re
import sys

ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause",
    "BSL-1.0", "CC0-1.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "Unicode-3.0", "Unlicense", "Zlib",
    "bzip2-1.0.6", "CDLA-Permissive-2.0",
}


def permitted(expression: str) -> bool:
    """Whether a choice of an SPDX expression without nesting is allowed."""
    plain = expression.replace("/", " OR ").replace("(", " ").replace(")", " ")
    parts = [part.strip() for part in re.split(r"\bAND\b", plain)]
    return all(any(one.strip() in ALLOWED for one in part.split(" OR ")) for part in parts)


def main() -> int:
    packages = [package for package in json.load(sys.stdin)["packages"] if package["source"]]
    wrong = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if not package["source"].startswith("registry+"):
            wrong.append(f"{name}: comes from {package['source']}, not from the registry")
        if not permitted(package["license"] or ""):
            wrong.append(f"{name}: its licence is {package['license'] or 'not stated'}")
    print(f"{len(packages)} dependencies read, {len(wrong)} refused")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())

//! Reading the public files of geography into a pack.

//! Attributes of 3.0 and service taxonomies of 1.0, as codes of somebody's vocabulary.

use super::node::Node;
use crate::import::draft::Code;

/// What the attributes of a record say: what it is, and whom it is for.
#[derive(Default)]
pub(super) struct Codes {
    pub codes: Vec<Code>,
    pub audience: Vec<String>,
}

/// Kinds of attribute that speak of people rather than of services.
const PEOPLE: [&str; 6] = ["eligibility", "audience", "circumstance", "target", "who", "client"];

/// Reads every list of terms that a service may have.
pub(super) fn codes(node: Node<'_>) -> Codes {
    let mut found = Codes::default();
    for (kind, code) in node.each("attributes", |row| {
        let code = row.child("taxonomy_term", term).flatten().or_else(|| bare(row))?;
        Some((row.line("link_type").unwrap_or_default(), code))
    }) {
        add(&mut found, &kind, code);
    }
    for code in node.each("service_taxonomys", |row| row.child("taxonomy", term).flatten()) {
        add(&mut found, "", code);
    }
    for list in ["pc_targetAudience", "eligibilitys", "eligibilities"] {
        for label in node.each(list, audience).into_iter().flatten() {
            if !found.audience.contains(&label) {
                found.audience.push(label);
            }
        }
    }
    found
}

fn add(found: &mut Codes, kind: &str, code: Code) {
    let says = format!("{kind} {}", code.scheme).to_lowercase();
    if PEOPLE.iter().any(|word| says.contains(word)) {
        if !code.label.is_empty() && !found.audience.contains(&code.label) {
            found.audience.push(code.label);
        }
    } else if !found.codes.contains(&code) {
        found.codes.push(code);
    }
}

/// A term; one whose every word only fills its field is none.
fn term(node: Node<'_>) -> Option<Code> {
    let label = node.line("name").or_else(|| node.line("term")).unwrap_or_default();
    let code = node
        .line("code")
        .or_else(|| node.page("term_uri"))
        .or_else(|| node.line("id"))
        .unwrap_or_default();
    let nested = || node.child("taxonomy_detail", |taxonomy| taxonomy.line("name")).flatten();
    let scheme = node
        .line("taxonomy")
        .or_else(|| node.line("vocabulary"))
        .or_else(nested)
        .unwrap_or_default();
    let fills = label.eq_ignore_ascii_case("name") || (label.is_empty() && code.is_empty());
    (!fills).then_some(Code { scheme, code, label })
}

fn bare(row: Node<'_>) -> Option<Code> {
    let label = row.line("label").or_else(|| row.line("value"))?;
    Some(Code {
        scheme: String::new(),
        code: row.line("taxonomy_term_id").unwrap_or_default(),
        label,
    })
}

fn audience(row: Node<'_>) -> Option<Vec<String>> {
    let own = ["audienceType", "eligibility", "name"].iter().find_map(|field| row.line(field));
    let terms = ["taxonomys", "taxonomies"];
    let terms = terms.iter().flat_map(|list| row.each(list, |node| node.line("name")));
    let labels: Vec<String> =
        own.into_iter().chain(terms).filter(|label| label.parse::<f64>().is_err()).collect();
    (!labels.is_empty()).then_some(labels)
}

use super::*;

fn with<T>(json: &str, read: impl FnOnce(Node<'_>) -> T) -> (T, Vec<String>) {
    let value: Value = serde_json::from_str(json).unwrap();
    let record = Record::new(Origin { file: "f.json".into(), record: "7".into(), line: None });
    let result = read(Node::top(value.as_object().unwrap(), &record));
    (result, record.into_log().faults.iter().map(ToString::to_string).collect())
}

#[test]
fn camel_case_twins_and_numbers_as_text_are_read() {
    let (read, faults) = with(r#"{"serviceId": "a", "minimum_age": "18", "name": 7}"#, |node| {
        (node.line("service_id"), node.number("minimum_age"), node.line("name"))
    });
    assert_eq!(read, (Some("a".into()), Some(18.0), Some("7".into())));
    assert_eq!(faults, [""; 0]);
}

#[test]
fn nothing_in_any_dress_says_nothing() {
    let json =
        r#"{"a": null, "b": "", "c": " N/A ", "d": [], "e": {}, "uri": "http://www.example.com"}"#;
    let (read, faults) =
        with(json, |node| (["a", "b", "c", "d", "e"].map(|key| node.has(key)), node.page("uri")));
    assert_eq!(read, ([false; 5], None));
    assert_eq!(faults, [""; 0]);
}

#[test]
fn what_cannot_be_read_is_named_with_its_path() {
    let json = r#"{"contacts": [{"email": false, "phones": 3, "when": "soon"}]}"#;
    let (_, faults) = with(json, |node| {
        node.each("contacts", |contact| {
            contact.each("phones", |_| Some(()));
            contact.date("when");
            contact.email("email")
        })
    });
    insta::assert_snapshot!(faults.join("\n"), @r#"
    f.json, record 7, contacts[0].phones: expected a list, found 3 (value left out)
    f.json, record 7, contacts[0].when: expected a date such as 2026-11-22, found "soon" (value left out)
    f.json, record 7, contacts[0].email: expected an e-mail address, found false (value left out)
    "#);
}

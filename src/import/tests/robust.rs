//! Whatever a file holds, reading it ends, says what is wrong and panics never.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

#[test]
fn rows_that_do_not_fit_are_refused_by_line() {
    let text = "name,category,address,postcode\nA,Golf,\"1 High\nStreet\",M1 1AE\nB,Golf\nC,Golf,x,M1 1AE,\n,Golf,x,M1 1AE\n";
    let reading = read_text("clubs.csv", text);
    assert_eq!(services(&reading).len(), 2);
    insta::assert_snapshot!(faults(&reading), @r"
    clubs.csv, line 4, record B: expected 4 fields as in the header, found 2 (record refused)
    clubs.csv, line 6, name: expected a value, found nothing (record refused)
    ");
}

#[test]
fn what_cannot_be_read_is_said_in_words() {
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let said: Vec<String> = [
        ("deep.json", deep.as_str()),
        ("cut.json", "{\"contents\": [{\"id\": \"1\","),
        ("other.json", "{\"hello\": 1}"),
        ("unknown.csv", "a,b\n1,2\n"),
    ]
    .iter()
    .map(|(name, text)| faults(&read_text(name, text)))
    .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_field_as_long_as_a_book_is_refused() {
    let text = format!("name,category,address,postcode\n{},Golf,x,M1 1AE\n", "a".repeat(2_000_000));
    let reading = read_text("clubs.csv", &text);
    assert_eq!((services(&reading).len(), reading.refused.len()), (0, 1));
    let json = format!(
        r#"{{"id": "1", "name": "A", "organization_id": "o", "description": "{}"}}"#,
        "a".repeat(2_000_000)
    );
    let reading = read_text("feed.json", &json);
    assert_eq!(services(&reading)[0].description, "");
}

const FEED: &str = include_str!("../../../tests/fixtures/import/feed.json");

fn mutated(value: &Value, at: usize, to: &Value, counter: &mut usize) -> Value {
    *counter += 1;
    if *counter == at {
        return to.clone();
    }
    match value {
        Value::Array(items) => items.iter().map(|item| mutated(item, at, to, counter)).collect(),
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), mutated(value, at, to, counter)))
                .collect(),
        ),
        other => other.clone(),
    }
}

#[test]
fn any_value_of_a_feed_may_be_anything() {
    let feed: Value = serde_json::from_str(FEED).unwrap();
    let mut size = 0;
    mutated(&feed, usize::MAX, &Value::Null, &mut size);
    let strange: [Value; 9] = [
        Value::Null,
        true.into(),
        (-1).into(),
        1e300.into(),
        "".into(),
        "é\u{0}<b>".into(),
        serde_json::json!([]),
        serde_json::json!([null, [], {}]),
        serde_json::json!({"id": {"id": 1}}),
    ];
    for at in 1..=size {
        for to in &strange {
            let text = mutated(&feed, at, to, &mut 0).to_string();
            read_text("feed.json", &text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn reading_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(text) = crate::table::decode(&bytes) {
            read_text("x.json", &text);
            read_text("services.csv", &text);
        }
    }

    #[test]
    fn a_table_of_anything_never_panics(cells in prop::collection::vec("[ -~é\n\"]{0,30}", 11)) {
        let header = "Name,Referral method,Opening times,Address,Postcode,Contact,Website,Area name,Area code";
        let row = table::line_of(&cells[..9]);
        read_text("banks.csv", &format!("{header}\n{row}\n"));
        read_text("services.csv", &format!("id,name,organization_id\n{}\n", table::line_of(&cells[..3])));
    }
}

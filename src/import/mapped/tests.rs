use super::*;

#[test]
fn every_shipped_mapping_is_sound() {
    for (name, text) in shipped::TEXTS {
        let mapping = Mapping::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(faults_of(&mapping), [""; 0], "{name}");
    }
}

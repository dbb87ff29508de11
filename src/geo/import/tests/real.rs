//! The real files, where they are at hand.

use std::path::Path;

use super::*;
use crate::domain::PlaceKind;

/// Files in the folder of real data beside the project; none where it is absent, which is said.
fn real(names: &[&str]) -> Option<Vec<PathBuf>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let nearby = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let Some(folder) = [beside, nearby].into_iter().find(|folder| folder.is_dir()) else {
        println!("not checked against real files: ../shared/data is absent");
        return None;
    };
    Some(names.iter().map(|name| folder.join("geo").join(name)).collect())
}

#[test]
fn postcodes_and_councils_of_ons_agree_with_each_other() {
    let files = ["nspl_shaped_sample_towns.csv.gz", "LAD25_england_bgc_simpl.geojson.gz"];
    let Some(files) = real(&files) else { return };
    let desk = Desk::new();
    let report = desk.import(&files).unwrap();
    assert_eq!((report.postcodes, report.outlines, report.faults.count), (97_023, 296, 0));
    let pack = desk.pack();
    let (mut asked, mut agreed) = (0, 0);
    for found in pack.postcodes().step_by(97) {
        let Some(point) = found.point else { continue };
        for (_, code) in pack.boundaries().containing(point) {
            asked += 1;
            agreed += u32::from(found.codes.contains(code));
        }
    }
    assert!(asked > 950 && agreed * 1000 > asked * 995, "{agreed} of {asked}");
    let wigan = pack.place(&"E08000010".into()).unwrap();
    assert_eq!((wigan.name.as_str(), wigan.kind), ("Wigan", PlaceKind::Council));
    assert!(wigan.parents.contains(&"E54000057".into()), "{:?}", wigan.parents);
}

use super::*;
use crate::{demonstration, geo::Gazetteer};

fn store(folder: &Path, gazetteer: &Gazetteer) -> Store {
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let store = Store::open(folder, now).unwrap();
    demonstration::load(&store, gazetteer, now).unwrap();
    store
}

fn opened(folder: &Path, store: &Store, gazetteer: &Arc<Gazetteer>) -> (u64, Standing) {
    let index = folder.join("index");
    let (keeper, standing) =
        Keeper::open(&index, store, gazetteer.clone(), Vocabulary::shipped(), &mut |_, _| {})
            .unwrap();
    (keeper.state().services, standing)
}

#[test]
fn an_index_made_with_another_geography_or_broken_is_built_anew_and_else_it_is_kept() {
    let state = tempfile::tempdir().unwrap();
    let gazetteer = Arc::new(demonstration::over(&Gazetteer::shipped()));
    let store = store(state.path(), &gazetteer);
    let built = |why: &str| Standing::Built { why: why.to_owned() };
    let (services, standing) = opened(state.path(), &store, &gazetteer);
    assert_eq!(standing, built("there was none"));
    assert_eq!(opened(state.path(), &store, &gazetteer), (services, Standing::Found));

    let without_areas = Arc::new(Gazetteer::shipped());
    let (_, standing) = opened(state.path(), &store, &without_areas);
    assert_eq!(standing, built("it was made with another geography or vocabulary"));

    let generation = named_generation(&state.path().join("index")).unwrap();
    for file in fs::read_dir(&generation).unwrap() {
        fs::write(file.unwrap().path(), b"").unwrap();
    }
    let (again, standing) = opened(state.path(), &store, &without_areas);
    assert!(matches!(standing, Standing::Built { .. }), "{standing:?}");
    assert_eq!(again, services);
}

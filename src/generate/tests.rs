use super::*;

const NOW: &str = "2026-11-22T12:00:00Z";

fn made(seed: u64, services: u64) -> Vec<Group> {
    let gazetteer = Gazetteer::shipped();
    let world = World::new(&gazetteer, Vocabulary::shipped(), seed, NOW.parse().unwrap());
    world.groups(services).collect()
}

#[test]
fn the_same_seed_gives_the_same_world_and_another_gives_another() {
    let text = |groups: Vec<Group>| format!("{groups:?}");
    let first = text(made(7, 200));
    assert_eq!(first, text(made(7, 200)));
    assert_ne!(first, text(made(8, 200)));
}

#[test]
fn a_longer_world_begins_as_a_shorter_one_does() {
    let (short, long) = (made(7, 100), made(7, 300));
    for (short, long) in short.iter().zip(&long).take(short.len() - 1) {
        assert_eq!(short.services, long.services);
    }
}

#[test]
fn it_is_as_mixed_as_a_real_directory() {
    let groups = made(1, 4_000);
    let services: Vec<&Service> = groups.iter().flat_map(|group| &group.services).collect();
    assert_eq!(services.len(), 4_000);
    let share = |holds: &dyn Fn(&&&Service) -> bool| {
        services.iter().filter(holds).count() * 100 / services.len()
    };
    assert!((8..30).contains(&share(&|service| service.venues.is_empty())));
    assert!((2..20).contains(&share(&|service| service.venues.len() > 3)));
    assert!((20..50).contains(&share(&|service| service.footprint.is_none())));
    assert!((10..45).contains(&share(&|service| service.is_remote())));
    assert!(share(&|service| service.needs.is_empty()) >= 10);
    let quiet = services.iter().filter(|service| service.sensitivity == Sensitivity::Sensitive);
    assert!(quiet.count() > 0);
    let hidden = groups.iter().flat_map(|group| &group.locations).filter(|site| site.confidential);
    assert!(hidden.count() > 0);
    let open = groups.iter().flat_map(|group| &group.capacity);
    assert!(open.filter(|said| said.counts_at(NOW.parse().unwrap())).count() > 300);
}

#[test]
fn the_venues_of_a_service_are_in_one_neighbourhood() {
    for group in made(3, 800) {
        for service in &group.services {
            let site = |id| group.locations.iter().find(|site| site.id == id).unwrap();
            let points: Vec<_> =
                service.venues.iter().filter_map(|venue| site(venue.location).point).collect();
            for point in points.iter().skip(1) {
                assert!(Metres::between(*point, points[0]) <= NEIGHBOURHOOD);
            }
        }
    }
}

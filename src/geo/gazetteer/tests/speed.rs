use super::*;

#[test]
#[ignore = "a measurement: cargo test --release --lib geo -- --ignored --nocapture"]
fn how_long_it_takes() {
    let time = |what: &str, turns: u32, ask: &dyn Fn(u32)| {
        let start = std::time::Instant::now();
        (0..turns).for_each(ask);
        println!("{what}: {:.1} µs", start.elapsed().as_secs_f64() * 1e6 / f64::from(turns));
    };
    let start = std::time::Instant::now();
    let gazetteer = shipped();
    println!("shipped: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = std::time::Instant::now();
    let gazetteer = gazetteer.with_custom(Gazetteer::demonstration_areas());
    println!("eight own areas: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for text in [
        "WN1 1YF",
        "WN1 1ZZ",
        "WN1",
        "Leigh, Wigan",
        "Wigan",
        "Newton",
        "Leigh",
        "London",
        "Bristle",
        "53.5467,-2.6301",
        "50.46,-3.52",
        "North West",
        "England",
    ] {
        time(text, 200, &|_| _ = gazetteer.resolve(text, Some(WIGAN)));
    }
    for text in ["s", "wi", "wig", "WN"] {
        time(&format!("suggest {text}"), 1000, &|_| _ = gazetteer.suggest(text, Some(WIGAN), 8));
    }
    time("codes_at", 1000, &|_| _ = gazetteer.codes_at(WIGAN));
    time("codes_at Torbay", 1000, &|_| _ = gazetteer.codes_at(TORBAY));
    for code in ["E08000010", "DEMO-N7", "E02001316", "E54000057"] {
        time(&format!("area {code}"), 50, &|_| _ = gazetteer.area(&code.into()));
    }
}

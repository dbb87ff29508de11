//! What the log says of somebody who could not be signed in.

use std::sync::{Arc, Mutex};

use serde_json::json;

use super::World;

/// A log that a test can read.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn log(&self) -> impl tracing::Subscriber + use<> {
        let (written, all) = (self.clone(), tracing::Level::TRACE);
        let log = tracing_subscriber::fmt().with_ansi(false).with_max_level(all);
        log.with_writer(move || written.clone()).finish()
    }
}

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_failed_is_in_the_log_by_its_reference_and_nobody_is() {
    let written = Written::default();
    let world = World::new();
    world.provider.says(json!({"aud": "another directory"}));
    let away = world.set_out().await;
    let back = world.provider.visit(&away.to);
    let guard = tracing::subscriber::set_default(written.log());
    let page = away.browser.get(&world.site, &back).await;
    drop(guard);
    let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let text = page.text();
    let reference = text.split_once("say the reference ").unwrap().1.split('.').next().unwrap();
    let line = written.lines().find(|line| line.contains(reference.trim())).unwrap();
    assert!(line.contains("the token cannot be trusted: it is for another client"), "{line}");
    let state = back.split("state=").nth(1).unwrap().split('&').next().unwrap();
    let ticket = away.browser.cookie.as_deref().unwrap().strip_prefix("ticket=").unwrap();
    for secret in ["jean", "code-0", "a%20secret", "a secret", state, ticket] {
        assert!(!written.to_lowercase().contains(&secret.to_lowercase()), "{secret}\n{written}");
    }
}

//! `hereabouts remind`: asking those who look after listings whether they are right, at once.
//! While serving, this goes on by itself.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;

use crate::{
    keeping::{due_reminders, remind},
    mail::{Post, deliver},
    store::Reading,
};

use super::{Common, output::print, state};

/// How to ask.
#[derive(Args, Debug)]
pub struct RemindArgs {
    /// Show whom the mails would go to and about what, and send nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Shows or posts the mails that are due.
pub fn run(common: &Common, args: &RemindArgs, now: Timestamp) -> Result<ExitCode> {
    let config = state::config(common)?;
    let store = state::store(common, now)?;
    let gazetteer = state::gazetteer(common, &store)?;
    if args.dry_run {
        let due = due_reminders(&store, &gazetteer, &config.keeping, now)?;
        for reminder in &due {
            print(&format!("{}", reminder.person.email));
            for record in &reminder.listings {
                let confirmed = record.service.upkeep.confirmed.as_ref();
                let said = confirmed.map_or("never confirmed".to_owned(), |confirmed| {
                    format!("confirmed {}", confirmed.at.strftime("%Y-%m-%d"))
                });
                print(&format!("    {} ({said})", record.service.name));
            }
        }
        print(&format!("{} mails would go", due.len()));
        return Ok(ExitCode::SUCCESS);
    }
    let posted = remind(&store, &gazetteer, &config.directory, &config.keeping, now)?;
    let post = Post::new(&config.mail, common.state.join("outbox"))?;
    let mut sent = 0;
    loop {
        match deliver(&post, &store, now)? {
            0 => break,
            some => sent += some,
        }
    }
    let waiting = store.outbox_counts()?.waiting;
    print(&format!("{posted} mails posted, {sent} sent, {waiting} waiting"));
    Ok(ExitCode::SUCCESS)
}

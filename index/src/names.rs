//! The names in one segment: to order by, and to suggest while somebody types.

use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use crate::schema;
use crate::text::name_key;

/// Strings end to end in one piece of memory.
#[derive(Default)]
struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    fn get(&self, index: u32) -> &str {
        let index = index as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// A beginning of a word in a name.
#[derive(Clone, Copy)]
struct Start {
    name: u32,
    at: u32,
}

/// Names of one kind, found by the beginning of any of their words.
#[derive(Default)]
struct Found {
    shown: Texts,
    folded: Texts,
    /// Names in the order of their folded form.
    whole: Vec<Start>,
    /// Later words of names, in the order of what follows.
    inner: Vec<Start>,
}

impl Found {
    fn push(&mut self, name: &str) {
        let folded = name_key(name);
        let id = u32::try_from(self.shown.ends.len()).unwrap_or(u32::MAX);
        self.shown.push(name);
        for (index, at) in word_starts(&folded).enumerate() {
            let list = if index == 0 { &mut self.whole } else { &mut self.inner };
            list.push(Start { name: id, at });
        }
        self.folded.push(&folded);
    }

    fn finish(&mut self) {
        let Self { whole, inner, folded, .. } = self;
        let in_order = |a: &Start, b: &Start| {
            from(folded, *a).cmp(from(folded, *b)).then((a.name, a.at).cmp(&(b.name, b.at)))
        };
        // The two lists of a whole country are most of what opening has to do.
        std::thread::scope(|scope| {
            scope.spawn(|| whole.sort_unstable_by(in_order));
            inner.sort_unstable_by(in_order);
        });
    }

    /// Names with a word that begins with `prefix`: first those that begin with it as a whole.
    fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = u32> + 'a {
        [&self.whole, &self.inner].into_iter().flat_map(move |list| {
            let first = list.partition_point(|start| from(&self.folded, *start) < prefix);
            list[first..]
                .iter()
                .take_while(move |start| from(&self.folded, **start).starts_with(prefix))
                .map(|start| start.name)
        })
    }
}

/// Where words begin in a folded name, in bytes.
fn word_starts(folded: &str) -> impl Iterator<Item = u32> + '_ {
    let mut in_word = false;
    folded.char_indices().filter_map(move |(at, c)| {
        let begins = c.is_alphanumeric() && !in_word;
        in_word = c.is_alphanumeric();
        begins.then(|| u32::try_from(at).unwrap_or(u32::MAX))
    })
}

fn from(folded: &Texts, start: Start) -> &str {
    folded.get(start.name).get(start.at as usize..).unwrap_or_default()
}

/// The names of a segment's services, by document, and of their organisations.
#[derive(Default)]
pub(crate) struct Names {
    services: Found,
    organisations: Found,
    /// For each organisation, the documents that are its services.
    services_of: Vec<Vec<u32>>,
}

/// A name that a typed beginning may stand for.
pub(crate) struct Beginning<'a> {
    pub(crate) name: &'a str,
    pub(crate) folded: &'a str,
    /// A service of that name, or one of that organisation's.
    pub(crate) doc: u32,
}

impl Names {
    pub(crate) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let shown = reader.fast_fields().str(schema::NAME_SHOWN)?;
        let organisation = reader.fast_fields().str(schema::ORGANISATION_SHOWN)?;
        let shown_names = values(shown.as_ref())?;
        let mut services = Found::default();
        for doc in 0..reader.max_doc() {
            let name = first(shown.as_ref(), doc).and_then(|ord| shown_names.get(ord));
            services.push(name.map_or("", String::as_str));
        }
        let mut organisations = Found::default();
        let all = values(organisation.as_ref())?;
        for name in &all {
            organisations.push(name);
        }
        let mut services_of = vec![Vec::new(); all.len()];
        for doc in 0..reader.max_doc() {
            if let Some(list) =
                first(organisation.as_ref(), doc).and_then(|o| services_of.get_mut(o))
            {
                list.push(doc);
            }
        }
        services.finish();
        organisations.finish();
        Ok(Self { services, organisations, services_of })
    }

    /// The folded name of a service, for ordering.
    pub(crate) fn folded(&self, doc: u32) -> &str {
        self.services.folded.get(doc)
    }

    /// Names of services of which a word begins with the folded `prefix`, as far as they are `alive`.
    pub(crate) fn services<'a>(
        &'a self,
        prefix: &'a str,
        alive: impl Fn(u32) -> bool + 'a,
    ) -> impl Iterator<Item = Beginning<'a>> + 'a {
        let docs = self.services.beginning(prefix).filter(move |doc| alive(*doc));
        docs.map(|doc| Beginning {
            name: self.services.shown.get(doc),
            folded: self.folded(doc),
            doc,
        })
    }

    /// The same for organisations that have a service that is `alive`.
    pub(crate) fn organisations<'a>(
        &'a self,
        prefix: &'a str,
        alive: impl Fn(u32) -> bool + 'a,
    ) -> impl Iterator<Item = Beginning<'a>> + 'a {
        self.organisations.beginning(prefix).filter_map(move |at| {
            let services = self.services_of.get(at as usize)?;
            Some(Beginning {
                name: self.organisations.shown.get(at),
                folded: self.organisations.folded.get(at),
                doc: services.iter().copied().find(|doc| alive(*doc))?,
            })
        })
    }
}

fn first(column: Option<&StrColumn>, doc: u32) -> Option<usize> {
    let ord = column?.ords().first(doc)?;
    usize::try_from(ord).ok()
}

/// All values of a column, by ordinal.
fn values(column: Option<&StrColumn>) -> tantivy::Result<Vec<String>> {
    let mut values = Vec::new();
    if let Some(column) = column {
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            values.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
    }
    Ok(values)
}

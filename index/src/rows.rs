//! Several values for each document, in one piece of memory.

/// The values of document `d` lie between the `d`-th start and the next.
#[derive(Debug)]
pub(crate) struct Rows<T> {
    starts: Vec<u32>,
    values: Vec<T>,
}

impl<T> Rows<T> {
    pub(crate) fn new() -> Self {
        Self { starts: vec![0], values: Vec::new() }
    }

    /// Adds the values of the next document.
    pub(crate) fn push(&mut self, values: impl IntoIterator<Item = T>) {
        self.values.extend(values);
        self.starts.push(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
    }

    /// The values of a document; none for one that was never added.
    #[inline]
    pub(crate) fn of(&self, doc: u32) -> &[T] {
        let doc = doc as usize;
        let bounds = self.starts.get(doc).zip(self.starts.get(doc + 1));
        bounds
            .and_then(|(start, end)| self.values.get(*start as usize..*end as usize))
            .unwrap_or_default()
    }

    pub(crate) fn documents(&self) -> impl Iterator<Item = (u32, &[T])> {
        let count = u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX);
        (0..count).map(|doc| (doc, self.of(doc)))
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn each_document_has_its_own_values() {
        let mut rows = Rows::new();
        rows.push([1, 2]);
        rows.push([]);
        rows.push([3]);
        assert_eq!(rows.of(0), [1, 2]);
        assert!(rows.of(1).is_empty());
        assert_eq!(rows.of(2), [3]);
        assert!(rows.of(3).is_empty());
        assert!(rows.of(u32::MAX).is_empty());
        assert_eq!(rows.documents().count(), 3);
    }
}

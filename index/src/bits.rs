//! A set of the documents of one segment, a bit each.

/// Documents `0..len` of a segment, each in or out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: u32,
}

impl Bits {
    pub(crate) fn none(len: u32) -> Self {
        Self { words: vec![0; (len as usize).div_ceil(64)], len }
    }

    pub(crate) fn all(len: u32) -> Self {
        let mut bits = Self { words: vec![u64::MAX; (len as usize).div_ceil(64)], len };
        // Bits past the end must stay out, or iteration would name documents that do not exist.
        if let Some(last) = bits.words.last_mut() {
            let used = len % 64;
            if used != 0 {
                *last = (1 << used) - 1;
            }
        }
        bits
    }

    pub(crate) fn insert(&mut self, doc: u32) {
        if doc < self.len {
            self.words[doc as usize / 64] |= 1 << (doc % 64);
        }
    }

    /// Leaves only what `keeps` says.
    pub(crate) fn retain(&mut self, keeps: impl Fn(u32) -> bool) {
        for at in 0..self.words.len() {
            let mut left = self.words[at];
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                let doc = u32::try_from(at * 64).unwrap_or(u32::MAX).saturating_add(bit);
                if !keeps(doc) {
                    self.words[at] &= !(1 << bit);
                }
            }
        }
    }

    pub(crate) fn contains(&self, doc: u32) -> bool {
        doc < self.len && self.words[doc as usize / 64] >> (doc % 64) & 1 == 1
    }

    pub(crate) fn unite(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    pub(crate) fn keep(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub(crate) fn drop_all(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Whether leaping from one of the set to the next beats walking through so many documents.
    pub(crate) fn is_far_below(&self, documents: u64) -> bool {
        self.count() as u64 * 8 < documents
    }

    /// How many documents it could hold.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// How many documents are in both.
    pub(crate) fn count_with(&self, other: &Self) -> u32 {
        let both = self.words.iter().zip(&other.words).map(|(a, b)| (a & b).count_ones());
        both.sum()
    }

    /// The first document of the set that is `from` or later.
    pub(crate) fn next_from(&self, from: u32) -> Option<u32> {
        let mut index = from as usize / 64;
        let mut word = *self.words.get(index)? & (u64::MAX << (from % 64));
        loop {
            if word != 0 {
                return u32::try_from(index * 64).ok().map(|base| base + word.trailing_zeros());
            }
            index += 1;
            word = *self.words.get(index)?;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let mut next = Some(0);
        std::iter::from_fn(move || {
            let doc = self.next_from(next?)?;
            next = doc.checked_add(1);
            Some(doc)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn all_has_every_document_and_no_more() {
        for len in [0, 1, 63, 64, 65, 130] {
            let bits = Bits::all(len);
            assert_eq!(bits.count(), len as usize);
            assert_eq!(bits.iter().collect::<Vec<_>>(), (0..len).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_document_past_the_end_is_ignored() {
        let mut bits = Bits::none(10);
        bits.insert(10);
        assert!(!bits.contains(10));
        assert_eq!(bits.count(), 0);
        assert_eq!(bits.next_from(1_000), None);
    }

    #[test]
    fn what_is_not_kept_goes() {
        let mut bits = Bits::all(130);
        bits.retain(|doc| doc % 64 == 1);
        assert_eq!(bits.iter().collect::<Vec<_>>(), [1, 65, 129]);
    }

    #[test]
    fn sets_combine() {
        let mut a = Bits::none(100);
        let mut b = Bits::none(100);
        for doc in [1, 70, 99] {
            a.insert(doc);
        }
        for doc in [70, 5] {
            b.insert(doc);
        }
        let mut both = a.clone();
        both.keep(&b);
        assert_eq!(both.iter().collect::<Vec<_>>(), [70]);
        let mut either = a.clone();
        either.unite(&b);
        assert_eq!(either.iter().collect::<Vec<_>>(), [1, 5, 70, 99]);
        a.drop_all(&b);
        assert_eq!(a.iter().collect::<Vec<_>>(), [1, 99]);
    }
}

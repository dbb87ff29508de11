//! A question, made ready once for all segments.

use tantivy::query::{Bm25Weight, EnableScoring, Weight};
use tantivy::{Searcher, TantivyError, Term};

use super::place::PlacePlan;
use super::postings::each_with;
use super::texts::{Compiled, Compiler};
use crate::entry::{Facet, NeedTier};
use crate::query::{Group, Kin, Query, Ranking, Text, Wanted};
use crate::schema::Fields;
use crate::text::{self, Sought};

type Result<T> = std::result::Result<T, TantivyError>;

/// A compiled text, ready for any segment, with the most it can score.
pub(crate) struct Scored {
    pub(crate) weight: Box<dyn Weight>,
    pub(crate) bound: f32,
    pub(crate) word: Option<Word>,
}

/// A text that is one word, which can be scored in bulk.
pub(crate) struct Word {
    pub(crate) term: Term,
    pub(crate) bm25: Bm25Weight,
    pub(crate) matches: u64,
}

/// A way in which a group can be met other than by words.
pub(crate) struct NeedOption {
    /// What documents have that meet it so; nothing where its words do.
    pub(crate) term: Option<Term>,
    pub(crate) by: By,
    /// In (0, 1].
    pub(crate) worth: f32,
    /// Whether it meets the group well.
    pub(crate) is_strong: bool,
}

/// What an option looks for.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// A need, by its position among the group's.
    Need {
        wanted: usize,
        tier: NeedTier,
    },
    Fact,
    /// The words themselves, where they are narrower than any of the needs.
    Words,
}

/// One idea, ready to be looked for.
pub(crate) struct GroupPlan {
    /// Its position in the query.
    pub(crate) position: usize,
    /// Whether it only ranks.
    pub(crate) optional: bool,
    /// Whether any words of it were asked for, found or not.
    pub(crate) has_words: bool,
    /// Each of its texts, over all words of an entry.
    pub(crate) texts: Vec<Scored>,
    /// Each of its texts, over the names.
    pub(crate) names: Vec<Scored>,
    /// Each of its texts, over words that meet it well: elsewhere they may be said in passing.
    pub(crate) telling: Vec<Scored>,
    /// From the least to the most worth.
    pub(crate) needs: Vec<NeedOption>,
    /// What its words weigh among the groups.
    pub(crate) weight: f32,
    /// About how many documents it has.
    pub(crate) matches: u64,
    /// How much it counts beside the others: what few documents have tells more.
    pub(crate) rarity: f32,
}

impl GroupPlan {
    /// Whether it asks for needs, and not for words or facts alone.
    pub(crate) fn asks_for_needs(&self) -> bool {
        self.needs.iter().any(|option| matches!(option.by, By::Need { .. }))
    }
}

pub(crate) struct Plan<'q> {
    pub(crate) query: &'q Query,
    pub(crate) fields: &'q Fields,
    pub(crate) place: PlacePlan<'q>,
    /// Groups with something to look for, the rarest first; those that only rank come last.
    pub(crate) groups: Vec<GroupPlan>,
    pub(crate) without: Vec<GroupPlan>,
    /// How many of those that do not only rank must match.
    pub(crate) at_least: usize,
    /// All typed words in their order, in the name and anywhere; where there are several.
    pub(crate) phrase: Option<Phrase>,
    /// The whole names that were typed, where a few entries have them.
    pub(crate) called: Vec<Term>,
}

/// The whole of the words asked for, as one phrase.
pub(crate) struct Phrase {
    pub(crate) in_name: Option<Box<dyn Weight>>,
    pub(crate) anywhere: Option<Box<dyn Weight>>,
}

impl<'q> Plan<'q> {
    pub(crate) fn new(query: &'q Query, fields: &'q Fields, searcher: &Searcher) -> Result<Self> {
        let mut planner = Planner {
            searcher,
            fields,
            ranking: &query.ranking,
            compiler: Compiler::new(searcher, fields),
        };
        let mut groups = planner.groups(&query.groups)?;
        groups.sort_by_key(|group| (group.optional, group.matches));
        let required = groups.iter().filter(|group| !group.optional).count();
        let without = planner.groups(&query.without)?;
        let phrase = planner.phrase(&query.groups)?;
        Ok(Self {
            query,
            fields,
            place: PlacePlan::new(&query.place),
            at_least: query.at_least.min(required),
            groups,
            without,
            phrase,
            called: called(query, fields, searcher)?,
        })
    }

    /// Whether any hits are wanted, and not their number alone.
    pub(crate) fn ranks(&self) -> bool {
        self.query.page.offset + self.query.page.limit > 0
    }

    /// Whether any words were asked for.
    pub(crate) fn has_words(&self) -> bool {
        self.groups.iter().any(|group| group.has_words)
    }

    /// Whether any needs were asked for.
    pub(crate) fn has_needs(&self) -> bool {
        self.groups.iter().any(|group| !group.needs.is_empty())
    }
}

/// A name that more than so many have is a kind of service.
const MOST_CALLED: usize = 8;

fn called(query: &Query, fields: &Fields, searcher: &Searcher) -> Result<Vec<Term>> {
    let mut terms = Vec::new();
    for name in query.called.iter().filter_map(|typed| text::called(typed)) {
        let term = Term::from_field_text(fields.called, &name);
        let mut having = 0;
        for reader in searcher.segment_readers() {
            each_with(reader, &term, |doc| having += usize::from(!reader.is_deleted(doc)))?;
        }
        if (1..=MOST_CALLED).contains(&having) {
            terms.push(term);
        }
    }
    Ok(terms)
}

/// The weight of an idea by how many documents have it: `ln(1 + N / (1 + n))`.
#[expect(clippy::cast_precision_loss, reason = "counts of documents")]
fn rarity(with: u64, of: u64) -> f32 {
    (1.0 + of as f32 / (1.0 + with as f32)).ln()
}

struct Planner<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    ranking: &'a Ranking,
    compiler: Compiler<'a>,
}

impl Planner<'_> {
    fn groups(&mut self, groups: &[Group]) -> Result<Vec<GroupPlan>> {
        let mut plans = Vec::with_capacity(groups.len());
        for (position, group) in groups.iter().enumerate() {
            let plan = self.group(position, group)?;
            if plan.has_words || !plan.needs.is_empty() {
                plans.push(plan);
            }
        }
        Ok(plans)
    }

    fn group(&mut self, position: usize, group: &Group) -> Result<GroupPlan> {
        let mut plan = GroupPlan {
            position,
            optional: group.optional,
            has_words: false,
            texts: Vec::new(),
            names: Vec::new(),
            telling: Vec::new(),
            needs: self.options(group),
            weight: 0.0,
            matches: 0,
            rarity: 1.0,
        };
        // A summary names needs in passing as well.
        let telling = if group.asks_for_its_needs() { self.fields.name } else { self.fields.gist };
        for text in &group.text {
            plan.has_words |= !self.compiler.sought(text).is_empty();
            if let Some(found) = self.compiler.all_of(text)? {
                plan.matches += found.matches;
                plan.texts.push(self.scored(&found)?);
            }
            if let Some(found) = self.compiler.any_in_name(text)? {
                plan.names.push(self.scored(&found)?);
            }
            if let Some(found) = self.compiler.all_in(telling, text)? {
                plan.telling.push(self.scored(&found)?);
            }
        }
        // The first text that can be found is the one typed; the others stand for it.
        plan.weight = plan.texts.first().map_or(0.0, |text| text.bound);
        for term in plan.needs.iter().filter_map(|option| option.term.as_ref()) {
            plan.matches += self.searcher.doc_freq(term)?;
        }
        plan.rarity = rarity(plan.matches, self.compiler.documents());
        Ok(plan)
    }

    /// The ways in which needs and facts meet a group, from the least to the most worth.
    fn options(&self, group: &Group) -> Vec<NeedOption> {
        let mut options = Vec::with_capacity(group.needs.len() * 3 + group.facts.len());
        for (facet, value) in &group.facts {
            let known = self.fields.facets.iter().find(|(known, _)| known == facet);
            options.extend(known.map(|(_, field)| NeedOption {
                term: Some(Term::from_field_text(*field, value)),
                by: By::Fact,
                worth: match facet {
                    Facet::Who => self.ranking.fact_people,
                    _ => self.ranking.fact_stated,
                },
                is_strong: true,
            }));
        }
        // Of a need and a fact of the same worth the need is told.
        let needs = group.needs.iter().enumerate();
        options.extend(needs.flat_map(|(wanted, need)| self.tiers(wanted, need)));
        if group.is_narrower_than_its_needs() {
            options.push(NeedOption { term: None, by: By::Words, worth: 1.0, is_strong: true });
        }
        options.sort_by(|a, b| a.worth.total_cmp(&b.worth));
        options
    }

    fn tiers(&self, wanted: usize, need: &Wanted) -> [NeedOption; 3] {
        let (ranking, fields) = (self.ranking, self.fields);
        let worth = match need.kin {
            Kin::Same => ranking.need_direct,
            Kin::Narrower => ranking.need_narrower,
            Kin::Broader => ranking.need_broader,
            Kin::Related => ranking.need_related,
        };
        let tiers = [
            (NeedTier::Stated, fields.need_stated, worth),
            (NeedTier::Inferred, fields.need_inferred, worth * ranking.need_inferred),
            (NeedTier::Mentioned, fields.need_mentioned, worth * ranking.need_mentioned),
        ];
        tiers.map(|(tier, field, worth)| NeedOption {
            term: Some(Term::from_field_text(field, &need.need)),
            by: By::Need { wanted, tier },
            worth,
            is_strong: matches!(need.kin, Kin::Same | Kin::Narrower) && tier != NeedTier::Mentioned,
        })
    }

    fn phrase(&mut self, groups: &[Group]) -> Result<Option<Phrase>> {
        let typed = groups.iter().filter_map(|group| group.text.first());
        let sought: Vec<Sought> = typed
            .filter(|text| !matches!(text, Text::Prefix(_)))
            .flat_map(|text| self.compiler.sought(text))
            .collect();
        if sought.iter().map(|s| s.parts.len()).sum::<usize>() < 2 {
            return Ok(None);
        }
        let in_name = self.compiler.phrase(self.fields.name, &sought)?;
        let anywhere = self.compiler.phrase(self.fields.all, &sought)?;
        Ok(Some(Phrase {
            in_name: in_name.map(|found| self.weight(&found)).transpose()?,
            anywhere: anywhere.map(|found| self.weight(&found)).transpose()?,
        }))
    }

    fn scored(&self, compiled: &Compiled) -> Result<Scored> {
        let word = compiled.word.as_ref().map(|term| -> Result<Word> {
            Ok(Word {
                term: term.clone(),
                bm25: Bm25Weight::for_terms(self.searcher, std::slice::from_ref(term))?,
                matches: compiled.matches,
            })
        });
        Ok(Scored {
            weight: self.weight(compiled)?,
            bound: compiled.bound,
            word: word.transpose()?,
        })
    }

    fn weight(&self, compiled: &Compiled) -> Result<Box<dyn Weight>> {
        let scoring = EnableScoring::enabled_from_searcher(self.searcher);
        compiled.query.weight(scoring)
    }
}

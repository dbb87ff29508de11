//! First names that are hardly anything else, by which a name without a title is told.

/// In alphabetical order. Those that are as often a street, a flower or a month are left out.
#[rustfmt::skip]
pub(super) const FIRST_NAMES: &[&str] = &[
    "aaron", "abdul", "adam", "adrian", "agnes", "ahmed", "aisha", "alan", "alex", "alexander",
    "alfie", "ali", "alice", "alison", "amanda", "amelia", "amina", "amir", "amy", "ana", "andrea",
    "andrew", "angela", "anita", "ann", "anna", "anne", "anthony", "anton", "antonio", "archie",
    "arif", "arthur", "asha", "ashley", "audrey", "barbara", "barry", "beata", "ben", "benjamin",
    "bernard", "beryl", "beth", "betty", "beverley", "brenda", "brian", "bridget", "callum",
    "carl", "carol", "caroline", "carolyn", "catherine", "cheryl", "chloe", "chris", "christine",
    "christopher", "ciara", "claire", "clare", "clive", "colin", "connor", "craig", "cynthia",
    "daniel", "darren", "david", "dawn", "debbie", "deborah", "debra", "denise", "dennis", "derek",
    "diana", "diane", "dominic", "donald", "donna", "doreen", "doris", "dorothy", "duncan",
    "dylan", "edith", "edward", "eileen", "elaine", "eleanor", "elizabeth", "ella", "ellen",
    "ellie", "elsie", "emily", "emma", "eric", "ethan", "ethel", "eva", "evelyn", "evie", "farah",
    "fatima", "fiona", "frances", "francis", "frederick", "gareth", "gary", "gavin", "gemma",
    "geoffrey", "georgia", "gerald", "gillian", "gladys", "glenn", "gordon", "graham", "gregory",
    "gwen", "hannah", "harold", "harriet", "harry", "hassan", "hazel", "helen", "henry", "hilary",
    "howard", "hugh", "ian", "ibrahim", "ines", "irene", "isaac", "isabella", "isla", "ivan",
    "jacob", "jacqueline", "jake", "james", "jamie", "jane", "janet", "janice", "jasmine", "jason",
    "javed", "jayne", "jean", "jeffrey", "jennifer", "jeremy", "jessica", "jill", "joan", "joanna",
    "joanne", "joe", "john", "jonathan", "joseph", "josephine", "joshua", "joyce", "judith",
    "julia", "julian", "julie", "justin", "kamran", "karen", "karl", "katarzyna", "kate",
    "katherine", "kathleen", "katie", "kayleigh", "keith", "kelly", "kenneth", "kerry", "kevin",
    "khadija", "kieran", "kim", "kirsty", "krystyna", "kyle", "laura", "lauren", "lee", "leon",
    "leonard", "lesley", "leslie", "lewis", "liam", "linda", "lisa", "lorraine", "louis", "louise",
    "lucas", "lucy", "luke", "lydia", "lynn", "lynne", "magdalena", "malcolm", "malgorzata",
    "marcin", "marcus", "margaret", "maria", "marian", "marie", "marilyn", "marion", "marjorie",
    "martin", "mary", "maryam", "matthew", "maureen", "megan", "melanie", "melissa", "michael",
    "michelle", "miriam", "mohamed", "mohammad", "mohammed", "moira", "monica", "muhammad",
    "muriel", "nadia", "naomi", "natalie", "natasha", "nathan", "neil", "nicholas", "nicola",
    "nigel", "noah", "norma", "norman", "olga", "oliver", "olivia", "omar", "oscar", "owen",
    "pamela", "patricia", "patrick", "paul", "paula", "pauline", "peggy", "penelope", "peter",
    "philip", "phillip", "phyllis", "piotr", "priya", "rachel", "ralph", "rebecca", "rhys",
    "richard", "rita", "robert", "robin", "roger", "ronald", "rosemary", "ross", "roy", "russell",
    "ruth", "ryan", "sally", "sam", "samantha", "samina", "samuel", "sandra", "sara", "sarah",
    "scott", "sean", "shane", "sharon", "shaun", "sheila", "shirley", "simon", "sofia", "sophia",
    "sophie", "stacey", "stanley", "stella", "stephanie", "stephen", "steve", "steven", "stuart",
    "susan", "suzanne", "sylvia", "tariq", "terence", "teresa", "terry", "thelma", "theresa",
    "thomas", "timothy", "tina", "toby", "tom", "tomasz", "tony", "tracey", "tracy", "trevor",
    "usha", "valerie", "vanessa", "vera", "vernon", "veronica", "vincent", "vivien", "walter",
    "wayne", "wendy", "wilfred", "william", "winifred", "yasmin", "yusuf", "yvonne", "zainab",
    "zara", "zoe",
];

/// What follows a first name where it names a place or a body and nobody: "James Street".
#[rustfmt::skip]
pub(super) const NAMED_AFTER: &[&str] = &[
    "academy", "arms", "association", "building", "cafe", "café", "centre", "chapel", "charity", "choir", "church",
    "clinic", "club", "college", "community", "foundation", "group", "hall", "hospice", "hospital", "hotel", "house",
    "institute", "library", "lodge", "medical", "mill", "mosque", "museum", "nhs", "primary", "project",
    "pub", "room", "rooms", "school", "society", "station", "surgery", "team", "temple", "theatre", "trust", "ward",
    "wing", "workshop",
];

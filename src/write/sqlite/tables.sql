-- What the codes mean.
CREATE TABLE indicators (
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT,
    definition TEXT,
    unit TEXT,
    kind TEXT CHECK (kind IN ('stock', 'flow')),
    additive INTEGER CHECK (additive IN (0, 1)), -- 0: figures of areas are never added up
    additive_why TEXT,
    cumulative INTEGER CHECK (cumulative IN (0, 1)) -- 1: printed from 1 January to the edition's month
);
CREATE TABLE comparisons (
    indicator TEXT NOT NULL REFERENCES indicators (code),
    other TEXT NOT NULL, -- publisher/indicator
    relation TEXT NOT NULL CHECK (relation IN ('same', 'wider', 'narrower', 'not-comparable')),
    why TEXT NOT NULL,
    PRIMARY KEY (indicator, other)
);
CREATE TABLE places (
    code TEXT NOT NULL PRIMARY KEY, -- ISO 3166-1 alpha-3, XKX, XXA, XXX, _O, or a composite's code
    kind TEXT CHECK (kind IN ('country', 'territory', 'composite', 'special')),
    name TEXT,
    formal TEXT,
    unhcr TEXT, -- code in UNHCR's own scheme
    note TEXT
);
CREATE TABLE place_members (
    composite TEXT NOT NULL REFERENCES places (code),
    member TEXT NOT NULL REFERENCES places (code),
    PRIMARY KEY (composite, member)
);
-- What each column of the published tables holds.
CREATE TABLE columns (
    "table" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    meaning TEXT NOT NULL,
    PRIMARY KEY ("table", "column")
);
-- Lists, in their order from 1.
CREATE TABLE observation_footnotes (
    observation TEXT NOT NULL REFERENCES observations (id),
    number INTEGER NOT NULL,
    footnote TEXT NOT NULL,
    PRIMARY KEY (observation, number)
);
CREATE TABLE finding_documents (
    finding TEXT NOT NULL REFERENCES findings (fingerprint),
    number INTEGER NOT NULL,
    document TEXT NOT NULL REFERENCES documents (document),
    PRIMARY KEY (finding, number)
);
CREATE TABLE finding_observations (
    finding TEXT NOT NULL REFERENCES findings (fingerprint),
    number INTEGER NOT NULL,
    observation TEXT NOT NULL REFERENCES observations (id),
    PRIMARY KEY (finding, number)
);
CREATE TABLE finding_places (
    finding TEXT NOT NULL REFERENCES findings (fingerprint),
    number INTEGER NOT NULL,
    document TEXT NOT NULL REFERENCES documents (document),
    place TEXT NOT NULL,
    quote TEXT NOT NULL,
    context TEXT NOT NULL,
    PRIMARY KEY (finding, number)
);
CREATE TABLE vintage_observations (
    vintage INTEGER NOT NULL REFERENCES vintages (number),
    number INTEGER NOT NULL,
    observation TEXT NOT NULL REFERENCES observations (id),
    PRIMARY KEY (vintage, number)
);
CREATE TABLE coverage (
    document TEXT NOT NULL REFERENCES documents (document),
    rule TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('read', 'missing', 'lost')),
    PRIMARY KEY (document, rule)
);

CREATE INDEX observations_series ON observations (indicator, area, origin, statistic, period_end);
CREATE INDEX observations_document ON observations (document);
CREATE INDEX finding_observations_observation ON finding_observations (observation);
CREATE INDEX vintages_series ON vintages (indicator, area, origin, statistic, period_end);

-- One value per series and period: the newest edition's. Where that edition prints several, the most precise, then the one printed most often, then the
-- first of the table. `observation` is its first mention.
CREATE VIEW latest AS
SELECT
    publisher, indicator, statistic, area, origin, sex, "group", period_start, period_end, base_start, base_end, unit,
    vintage, family, edition, value, qualifier, low, high, mentions, observation, o.document, o.place, o.quote
FROM (
    SELECT
        v.*, m.mentions, first.observation AS observation,
        row_number() OVER (
            PARTITION BY
                v.publisher, v.indicator, v.statistic, v.area, v.origin, v.sex, v."group",
                v.period_start, v.period_end, v.base_start, v.base_end, v.unit
            ORDER BY v.vintage DESC, round(v.high - v.low, 9), m.mentions DESC, v.number
        ) AS rank
    FROM vintages AS v
    JOIN (SELECT vintage AS of_vintage, count(*) AS mentions FROM vintage_observations GROUP BY vintage) AS m ON m.of_vintage = v.number
    JOIN vintage_observations AS first ON first.vintage = v.number AND first.number = 1
) AS ranked
JOIN (SELECT id, document, place, quote FROM observations) AS o ON o.id = ranked.observation
WHERE rank = 1;

-- Printed figures that stand in an error or a warning, with what it says: a row each figure and finding.
CREATE VIEW contradicted AS
SELECT f.code, f.severity, f.message, f.expected, f.fingerprint AS finding, o.*
FROM finding_observations AS p
JOIN findings AS f ON f.fingerprint = p.finding
JOIN observations AS o ON o.id = p.observation
WHERE f.severity IN ('error', 'warning');

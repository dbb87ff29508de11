-- Referrals by reference. Nobody whom one is for is named in any of them.
CREATE TABLE referral (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    service TEXT NOT NULL,
    referrer TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX referral_by_service ON referral (service, moved_at);
CREATE INDEX referral_by_referrer ON referral (referrer, moved_at);
CREATE INDEX referral_by_open ON referral (is_open, due_at);

-- The referral that a mailed link is about, besides the listing.
ALTER TABLE link ADD COLUMN referral TEXT;

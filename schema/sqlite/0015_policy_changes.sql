-- Who changed the policy when is asked of the journal itself; it may hold millions of entries.

CREATE INDEX policy_change ON entry (node, seq) WHERE kind = 'policy.changed';

-- No question is asked by the state of an alert, and every change of one had to keep the index.

DROP INDEX alert_state;

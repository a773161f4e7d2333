-- Why a generation could not be made, in words; null unless it is failed.
alter table content.generation add column failure text;

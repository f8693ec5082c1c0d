-- Which part of a product's pictures counts: the region's JSON, as the command's region files have it.
alter table product add column region varchar(20000);

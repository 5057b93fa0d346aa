
# What the code before must have made of the tables of check.py.
stopifnot(
  identical(documents$genre, rep(c("001", "NA"), 4)),
  identical(documents[["=note"]], c("=1+1", "'=x", "-5", "TRUE", "", "a \"b\", c", "@a", "NaN")),
  identical(documents$year, as.character(2015:2022)),
  identical(documents$document[1:3], c("001.txt", "1e5.txt", "2020-01.txt")),
  is.numeric(documents$tokens), !anyNA(documents$tokens), is.numeric(documents$hedge_share),
  identical(concordance$node[1:2], rep("\u5fc5\u305a", 2)), identical(concordance$left[1:2], c("", "=")),
  all(vapply(concordance[c("negated", "interrogative", "quoted")], is.logical, logical(1))),
  any(concordance$negated), any(!concordance$negated), !anyNA(concordance$negated),
  is.numeric(concordance$relative_position), all(concordance$relative_position < 1)
)
groups <- load_table("groups")
hedge <- groups[groups$measure == "hedge", ]
stopifnot(
  identical(sort(unique(groups$group)), c("001", "NA")),
  is.na(hedge$fifth_1[hedge$group == "001"]), is.na(hedge$rate_low[hedge$group == "001"]),
  abs(sum(hedge[hedge$group == "NA", paste0("fifth_", 1:5)]) - 1) < 1e-12,
  identical(groups$category[1], "")
)
duplicates <- load_table("duplicates")
stopifnot(nrow(duplicates) > 0, is.numeric(duplicates$similarity), is.character(duplicates$kind))



# What the code before must have made of the tables of check.py.
assert list(documents["genre"]) == ["001", "NA"] * 4
assert list(documents["=note"]) == ["=1+1", "'=x", "-5", "TRUE", "", 'a "b", c', "@a", "NaN"]
assert list(documents["year"]) == [str(year) for year in range(2015, 2023)]
assert list(documents["document"])[:3] == ["001.txt", "1e5.txt", "2020-01.txt"]
assert list(sums.index) == ["001", "NA"] and sums["tokens"].sum() == documents["tokens"].sum()
assert documents["tokens"].dtype == "int64" and pd.api.types.is_numeric_dtype(documents["hedge_share"])
assert list(concordance["node"])[:2] == ["必ず", "必ず"] and list(concordance["left"])[:2] == ["", "="]
for flag in ("negated", "interrogative", "quoted"):
    assert concordance[flag].dtype == bool
assert concordance["negated"].any() and not concordance["negated"].all()
groups = load_table("groups")
assert set(groups["group"]) == {"001", "NA"}
hedge = groups[groups["measure"] == "hedge"].set_index("group")
assert hedge["fifth_1"].isna()["001"] and abs(hedge.loc["NA", "fifth_1":"fifth_5"].astype(float).sum() - 1) < 1e-12
duplicates = load_table("duplicates")
assert pd.api.types.is_numeric_dtype(duplicates["similarity"]) and duplicates["kind"].dtype == documents["genre"].dtype

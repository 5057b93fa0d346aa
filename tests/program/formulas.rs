//! No cell of text is run by a spreadsheet.

use crate::place::Place;

#[test]
#[cfg(unix)]
fn a_document_name_that_looks_like_a_formula_is_marked_in_every_table() {
    for name in ["=1+1.txt", "+a.txt", "-a.txt", "@a.txt", "\ta.txt"] {
        let place = Place::with(&[(format!("in/{name}").as_str(), "犬")]);
        let (tables, _) = place.count_dogs(&["in"]);
        let marked = format!("'{name}");
        for table in [&tables.documents, &tables.categories, &tables.markers, &tables.concordance] {
            assert!(!table.rows.is_empty(), "{name:?}");
            assert!(table.column("document").iter().all(|cell| *cell == marked), "{name:?}");
        }
        assert_eq!(tables.run["inputs"][0]["document"], name);
    }
}

#[test]
fn a_context_that_looks_like_a_formula_is_marked() {
    let place = Place::with(&[("a.txt", "=犬\n+犬\n-犬\n@犬\n犬=1\n犬")]);
    let (tables, _) = place.count_dogs(&["a.txt"]);
    assert_eq!(tables.concordance.column("left"), ["'=", "'+", "'-", "'@", "", ""]);
    assert_eq!(tables.concordance.column("right"), ["", "", "", "", "'=1", ""]);
    assert_eq!(tables.concordance.column("start"), ["1", "4", "7", "10", "12", "16"]);
}

#[test]
fn a_variable_that_looks_like_a_formula_is_marked() {
    let place = Place::with(&[("in/a.txt", "犬"), ("in/variables.csv", "document,x,y\na.txt,=1+1,-x\n")]);
    let (tables, _) = place.count(&["in"]);
    assert_eq!((tables.documents.column("x"), tables.documents.column("y")), (vec!["'=1+1"], vec!["'-x"]));
}

#[test]
fn a_number_is_no_formula() {
    let place = Place::with(&[("in/a.txt", "犬"), ("in/variables.csv", "document,x,y\na.txt,-5,+0.5\n")]);
    let (tables, _) = place.count(&["in"]);
    assert_eq!((tables.documents.column("x"), tables.documents.column("y")), (vec!["-5"], vec!["+0.5"]));
}

#[test]
#[cfg(unix)]
fn no_two_names_are_written_as_the_same_cell() {
    let place = Place::with(&[
        ("in/=x.txt", "犬"),
        ("in/'=x.txt", "犬 犬"),
        ("in/''=x.txt", "犬 犬 犬"),
        ("in/'x.txt", "犬"),
        ("in/variables.csv", "document,g\n=x.txt,=y\n'=x.txt,'=y\n''=x.txt,''=y\n'x.txt,'y\n"),
    ]);
    let (tables, _) = place.count_dogs(&["in", "--by", "g", "--resamples", "100"]);
    assert_eq!(tables.documents.column("document"), ["'''=x.txt", "''=x.txt", "'x.txt", "'=x.txt"]);
    assert_eq!(tables.documents.column("g"), ["'''=y", "''=y", "'y", "'=y"]);
    let groups: Vec<&str> = tables.run["comparison"]["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["group"].as_str().unwrap())
        .collect();
    assert_eq!(groups, ["''=y", "'=y", "'y", "=y"]);
}

#[test]
fn what_spreadsheets_take_for_text_is_written_as_it_is() {
    let place = Place::with(&[("a.txt", "＝犬\n＋犬\n－犬\n＠犬")]);
    let (tables, _) = place.count_dogs(&["a.txt"]);
    assert_eq!(tables.concordance.column("left"), ["＝", "＋", "－", "＠"]);
    let variables = "document,x\na.txt,\"\n=1\"\n";
    let place = Place::with(&[("in/a.txt", "犬"), ("in/variables.csv", variables)]);
    assert_eq!(place.count(&["in"]).0.documents.column("x"), ["\n=1"]);
}

#[test]
fn a_cell_with_a_comma_a_quotation_mark_or_an_end_of_line_is_quoted() {
    let variables = "document,x\na.txt,\"one, \"\"two\"\"\nthree\"\n";
    let place = Place::with(&[("in/a.txt", "犬"), ("in/variables.csv", variables)]);
    let (tables, _) = place.count(&["in"]);
    assert_eq!(tables.documents.column("x"), ["one, \"two\"\nthree"]);
}

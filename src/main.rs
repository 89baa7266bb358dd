fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let r = vanthu::source::read(&bytes).unwrap();
    let d = vanthu::structure::Document::of(r.text);
    for (s, sp) in &d.letterhead.slots { println!("{s:?}: {}", d.text.slice(*sp)); }
    for s in &d.closing.recipients { println!("R: {}", d.text.slice(*s)); }
    for s in &d.closing.signature { println!("S: {}", d.text.slice(*s)); }
    for p in &d.parts { println!("{p:?}"); }
    for n in &d.outline.nodes { println!("{:12} {:?} {}", n.id, n.level, d.text.slice(n.body).chars().take(90).collect::<String>()); }
    for n in &d.notes { println!("{} {}", n.rule, n.message); }
    for t in &d.tables { println!("{:?} {}", t.columns, t.rows.len()); }
}

fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let r = vanthu::source::read(&bytes).unwrap();
    for b in r.text.blocks() { println!("{}{:?} {}", if b.gap_before {"~"} else {" "}, b.shape, r.text.slice(b.span)); }
}

//! The penalty of a masked symbol (ISO 18004 section 7.8.3), many modules at a time.
//!
//! All rules but the one of blocks look along a line. They are computed down the columns, where
//! neighbours are neighbouring words, and once more on the transposed symbol.

/// The rows of a symbol, or its columns.
pub(super) type Plane = [u128; 128];

/// The sum of the four rules.
pub(super) fn penalty(rows: &Plane, columns: &Plane, width: usize) -> u32 {
    let rows = Halves::split(rows);
    let columns = Halves::split(columns);
    lines(&rows, width) + lines(&columns, width) + blocks(&rows, width) + balance(&rows, width)
}

/// Low and high halves of the rows, each between light margins.
struct Halves {
    low: Half,
    high: Half,
}

type Half = [u64; 128 + 2 * MARGIN];

impl Halves {
    fn split(plane: &Plane) -> Self {
        let mut halves = Self { low: [0; 128 + 2 * MARGIN], high: [0; 128 + 2 * MARGIN] };
        for (y, &row) in plane.iter().enumerate() {
            halves.low[y + MARGIN] = row as u64;
            halves.high[y + MARGIN] = (row >> 64) as u64;
        }
        halves
    }
}

/// Rules 1 and 3 down every column.
fn lines(plane: &Halves, width: usize) -> u32 {
    let [low, high] = valid(width);
    let half = |half: &Half, valid| runs(half, width, valid) + 40 * finders(half, width);
    let high = if width > 64 { half(&plane.high, high) } else { 0 };
    half(&plane.low, low) + high
}

/// Rule 1: a run of five or more of one colour costs its length less two.
fn runs(half: &Half, width: usize, valid: u64) -> u32 {
    // a run of n has n - 4 places where five are alike, and one of them is its first
    let cells = &half[MARGIN - 1..MARGIN + width];
    let mut places = 0;
    let mut firsts = 0;
    for c in cells.windows(6) {
        let unlike = (c[1] ^ c[2]) | (c[2] ^ c[3]) | (c[3] ^ c[4]) | (c[4] ^ c[5]);
        let place = !unlike & valid;
        places += place.count_ones();
        firsts += (place & (c[0] ^ c[1])).count_ones();
    }
    // above the first row there is nothing, not light
    let c = &half[MARGIN..];
    let alike = !((c[0] ^ c[1]) | (c[1] ^ c[2]) | (c[2] ^ c[3]) | (c[3] ^ c[4]));
    firsts += (alike & valid & !c[0]).count_ones();
    places + 2 * firsts
}

/// Rule 3: how often a look-alike of a finder has four light modules before or after it.
fn finders(half: &Half, width: usize) -> u32 {
    let cells = &half[..width + 2 * MARGIN];
    let mut found = 0;
    for c in cells.windows(7 + 2 * MARGIN) {
        let before = c[0] | c[1] | c[2] | c[3];
        let after = c[11] | c[12] | c[13] | c[14];
        let like = c[4] & !c[5] & c[6] & c[7] & c[8] & !c[9] & c[10];
        found += (like & !(before & after)).count_ones();
    }
    found
}

/// Rule 2: every two by two modules of one colour cost three.
fn blocks(plane: &Halves, width: usize) -> u32 {
    let [valid_low, valid_high] = valid(width - 1);
    let low = &plane.low[MARGIN..MARGIN + width];
    let high = &plane.high[MARGIN..MARGIN + width];
    let mut found = 0;
    for (l, h) in low.windows(2).zip(high.windows(2)) {
        let unlike_low = beside(l[0], h[0]) | beside(l[1], h[1]) | (l[0] ^ l[1]);
        let unlike_high = beside(h[0], 0) | beside(h[1], 0) | (h[0] ^ h[1]);
        found += (!unlike_low & valid_low).count_ones();
        found += (!unlike_high & valid_high).count_ones();
    }
    3 * found
}

/// Where a module differs from the one in the next column.
fn beside(word: u64, next: u64) -> u64 {
    word ^ (word >> 1 | next << 63)
}

/// Rule 4: ten for every full 5 % by which the dark modules miss one half.
fn balance(plane: &Halves, width: usize) -> u32 {
    let dark: u32 = plane.low.iter().chain(&plane.high).map(|word| word.count_ones()).sum();
    let all = (width * width) as u32;
    (20 * dark).abs_diff(10 * all) / all * 10
}

/// The columns below `width`, as two words.
fn valid(width: usize) -> [u64; 2] {
    let columns = (1_u128 << width) - 1;
    [columns as u64, (columns >> 64) as u64]
}

const MARGIN: usize = 4;

//! A small collection of hard pictures: how many are read, and that none is read wrongly.

use qr_reader::Effort::{Quick, Thorough};
use qr_reader::{Effort, Picture, read};

use crate::chance::Chance;
use crate::codes::{draw, seal};
use crate::damage::{blur, cover, fade, invert, noise, scan, shadow, specks, tilt, turn};

#[test]
fn the_thorough_effort_reads_most_hard_pictures_and_the_quick_one_fewer() {
    let (mut quick, mut thorough, mut all) = (0, 0, 0);
    for (name, spoil) in KINDS {
        let pictures = hard_pictures(spoil);
        let [quickly, thoroughly] = [Quick, Thorough].map(|effort| hits(name, &pictures, effort));
        println!("{name:12} quick {quickly} thorough {thoroughly} of {}", pictures.len());
        quick += quickly;
        thorough += thoroughly;
        all += pictures.len();
    }
    println!("{:12} quick {quick} thorough {thorough} of {all}", "all");
    assert!(thorough * 100 >= all * 90, "thorough: {thorough} of {all}");
    assert!(quick * 100 <= all * 50, "quick: {quick} of {all}");
}

type Spoil = fn(&[u8], &mut Chance) -> Picture;

const KINDS: [(&str, Spoil); 9] = [
    ("scan", |text, chance| {
        noise(&scan(&turn(&draw(text, 8), chance.between(-3.0, 3.0)), chance.between(0.14, 0.25)), 12, 1)
    }),
    ("blur", |text, chance| noise(&blur(&draw(text, 4), chance.between(1.8, 2.6)), 6, 2)),
    ("noise", |text, chance| noise(&blur(&draw(text, 4), 0.6), 120 + chance.below(130), 3)),
    ("specks", |text, chance| {
        let share = 10 + chance.below(15);
        blur(&specks(&draw(text, 4), share, 7), 0.5)
    }),
    ("pale", |text, chance| noise(&fade(&draw(text, 4), 150, 162 + chance.below(40) as u8), 3, 4)),
    ("shadow", |text, chance| noise(&shadow(&draw(text, 4), chance.between(0.1, 0.4)), 10, 5)),
    ("inverted", |text, chance| invert(&turn(&draw(text, 4), chance.between(-20.0, 20.0)))),
    ("damaged", |text, chance| cover(&draw(text, 4), 150.0, 120.0, chance.between(40.0, 55.0))),
    ("phone", |text, chance| {
        let tilted = tilt(&turn(&draw(text, 5), chance.between(-30.0, 30.0)), chance.between(20.0, 40.0));
        noise(&blur(&shadow(&scan(&tilted, 0.7), 0.5), 0.9), 20, 6)
    }),
];

fn hard_pictures(spoil: Spoil) -> Vec<(Vec<u8>, Picture)> {
    let each = |seed| {
        let text = seal(seed, 374);
        let picture = spoil(&text, &mut Chance::new(seed));
        (text, picture)
    };
    (100..100 + PICTURES_OF_A_KIND).map(each).collect()
}

fn hits(name: &str, pictures: &[(Vec<u8>, Picture)], effort: Effort) -> usize {
    let is_hit = |(text, picture): &&(Vec<u8>, Picture)| {
        let found = read(picture, effort);
        assert!(found.iter().all(|bytes| bytes == text), "{name}: a wrong text");
        !found.is_empty()
    };
    pictures.iter().filter(is_hit).count()
}

const PICTURES_OF_A_KIND: u64 = 16;

//! Chance, the same in every run.

/// A generator with a fixed seed: Knuth's MMIX constants, the upper bits used.
pub(crate) struct Dice(u64);

impl Default for Dice {
    fn default() -> Self {
        Self(20_260_101)
    }
}

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }
}

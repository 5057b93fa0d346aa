//! Random numbers of the distributions that the populations are made of.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// A generator for a data set: the same for the same names, whatever else is simulated.
pub struct Random(Pcg64);

impl Random {
    pub fn new(scenario: &str, data_set: u64) -> Self {
        // FNV-1a.
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let seed = scenario.bytes().chain(data_set.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, hash);
        Random(Pcg64::seed_from_u64(seed))
    }

    /// Between 0 and 1, both excluded.
    pub fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
    }

    /// Standard normal, by the method of Box and Muller (1958).
    pub fn normal(&mut self) -> f64 {
        let (one, other) = (self.uniform(), self.uniform());
        (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos()
    }

    /// Log-normal with the mean 1 and the standard deviation `sigma` on the scale of natural logarithms.
    pub fn log_normal(&mut self, sigma: f64) -> f64 {
        if sigma == 0.0 { 1.0 } else { (sigma * self.normal() - sigma * sigma / 2.0).exp() }
    }

    /// Gamma with the mean 1 and the variance 1 / `shape` (Marsaglia & Tsang 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let power = self.uniform().powf(1.0 / shape);
            // Of the larger shape, it has the mean 1.
            return self.gamma(shape + 1.0) * (shape + 1.0) / shape * power;
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / shape;
            }
        }
    }

    pub fn poisson(&mut self, mean: f64) -> u64 {
        // In parts, since e to the power of −mean would be 0.
        if mean > 200.0 {
            return self.poisson(mean / 2.0) + self.poisson(mean / 2.0);
        }
        let least = (-mean).exp();
        let (mut product, mut number) = (self.uniform(), 0);
        while product > least {
            product *= self.uniform();
            number += 1;
        }
        number
    }

    /// Negative binomial with the variance mean + mean² / `k`; Poisson where `k` is infinite.
    pub fn negative_binomial(&mut self, mean: f64, k: f64) -> u64 {
        let factor = if k.is_finite() { self.gamma(k) } else { 1.0 };
        self.poisson(mean * factor)
    }
}

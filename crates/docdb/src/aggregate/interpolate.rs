//! Between the points of a window: `$linearFill`, `$derivative`, `$integral`, `$covariancePop` and `$covarianceSamp`
//! (MongoDB manual: "Window Operators").

/// Where a document is by the sort field, and its value there.
pub(super) type Point = (Option<f64>, Option<f64>);

/// Values with those that are missing on the straight line between their neighbours; none at the ends.
pub(super) fn fill(points: &[Point]) -> Vec<Option<f64>> {
    let mut filled: Vec<Option<f64>> = points.iter().map(|(_, value)| *value).collect();
    let known: Vec<(usize, f64, f64)> = (0..)
        .zip(points)
        .filter_map(|(place, (at, value))| Some((place, (*at)?, (*value)?)))
        .collect();
    for pair in known.windows(2) {
        let ((first, start, low), (last, end, high)) = (pair[0], pair[1]);
        for place in first + 1..last {
            filled[place] = points[place].0.map(|at| low + (high - low) * (at - start) / (end - start));
        }
    }
    filled
}

/// The change from the first to the last, per unit.
pub(super) fn slope(points: &[Point], unit: f64) -> Option<f64> {
    let ((start, low), (end, high)) = (*points.first()?, *points.last()?);
    let distance = (end? - start?) / unit;
    (distance != 0.0).then_some((high? - low?) / distance)
}

/// The area below the line through the points, by trapezoids.
pub(super) fn area(points: &[Point], unit: f64) -> Option<f64> {
    let known: Vec<(f64, f64)> = points.iter().filter_map(|(at, value)| at.zip(*value)).collect();
    if known.is_empty() {
        return None;
    }
    let areas = known.windows(2).map(|pair| (pair[0].1 + pair[1].1) * (pair[1].0 - pair[0].0) / 2.0);
    Some(areas.sum::<f64>() / unit)
}

pub(super) fn covariance(pairs: &[(f64, f64)], of_sample: bool) -> Option<f64> {
    let count = pairs.len() as f64;
    let divisor = if of_sample { count - 1.0 } else { count };
    if divisor <= 0.0 {
        return None;
    }
    let mean = |part: fn(&(f64, f64)) -> f64| pairs.iter().map(part).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    Some(pairs.iter().map(|pair| (pair.0 - x) * (pair.1 - y)).sum::<f64>() / divisor)
}

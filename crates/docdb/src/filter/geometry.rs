//! `$geoWithin`, `$geoIntersects`, `$near` (MongoDB manual: "Geospatial Query Operators") by scanning.
//!
//! Lines and areas are taken as flat in degrees; distances between points are on the sphere.

use bson::{Bson, Document, RawBsonRef};

use crate::error::{DocDbError, Result};
use crate::shell::shell_value;

/// Longitude and latitude, or x and y.
type Point = (f64, f64);

/// The mean radius of the earth in metres.
const EARTH: f64 = 6_378_100.0;

#[derive(Debug)]
enum Shape {
    Points(Vec<Point>),
    Lines(Vec<Vec<Point>>),
    /// Rings; the first is the outline, the others are holes.
    Areas(Vec<Vec<Vec<Point>>>),
    /// Centre and radius in the plane.
    Circle(Point, f64),
    /// Centre and radius in radians.
    Cap(Point, f64),
}

/// A parsed geospatial test.
#[derive(Debug)]
pub(crate) enum Geometry {
    Within(Box<GeoShape>),
    Intersects(Box<GeoShape>),
    Near(Near),
}

/// A shape of a query.
#[derive(Debug)]
pub(crate) struct GeoShape(Shape);

/// The nearest first; distances in metres on the sphere, else in the plane.
#[derive(Debug)]
pub(crate) struct Near {
    center: Point,
    is_sphere: bool,
    /// Distances are radians, not metres.
    in_radians: bool,
    least: f64,
    most: f64,
}

impl Geometry {
    pub(super) fn parse(operators: &Document, name: &str, operand: &Bson) -> Result<Self> {
        let refuse = || DocDbError::bad_value(format!("invalid argument in geo query: {name}: {}", shell_value(operand)));
        match name {
            "$geoWithin" | "$within" => Ok(Geometry::Within(Box::new(GeoShape(shape(operand).ok_or_else(refuse)?)))),
            "$geoIntersects" => Ok(Geometry::Intersects(Box::new(GeoShape(shape(operand).ok_or_else(refuse)?)))),
            _ => {
                let inner = operand.as_document();
                let geometry = inner.and_then(|inner| inner.get("$geometry").or(inner.contains_key("coordinates").then_some(operand)));
                let center = match geometry {
                    Some(geometry) => geometry.as_document().and_then(|geometry| point(geometry.get("coordinates")?)),
                    None => point(operand),
                };
                let distance = |name: &str| {
                    let given = operators.get(name).or_else(|| inner.and_then(|inner| inner.get(name)));
                    given.and_then(float)
                };
                Ok(Geometry::Near(Near {
                    center: center.ok_or_else(refuse)?,
                    is_sphere: geometry.is_some() || name == "$nearSphere",
                    in_radians: geometry.is_none(),
                    least: distance("$minDistance").unwrap_or(0.0),
                    most: distance("$maxDistance").unwrap_or(f64::INFINITY),
                }))
            }
        }
    }

    pub(super) fn holds(&self, value: RawBsonRef) -> bool {
        let Some(stored) = Bson::try_from(value).ok().and_then(|value| stored(&value)) else {
            return false;
        };
        match self {
            Geometry::Within(area) => points_of(&stored).iter().all(|point| covers(&area.0, *point)) && !points_of(&stored).is_empty(),
            Geometry::Intersects(area) => meets(&area.0, &stored),
            Geometry::Near(near) => near
                .distance_to(&stored)
                .is_some_and(|distance| distance >= near.least && distance <= near.most),
        }
    }

    pub(crate) fn near(&self) -> Option<&Near> {
        match self {
            Geometry::Near(near) => Some(near),
            _ => None,
        }
    }
}

impl Near {
    fn distance_to(&self, stored: &Shape) -> Option<f64> {
        let distance = |point: Point| {
            if !self.is_sphere {
                return (point.0 - self.center.0).hypot(point.1 - self.center.1);
            }
            angle(self.center, point) * if self.in_radians { 1.0 } else { EARTH }
        };
        points_of(stored).into_iter().map(distance).reduce(f64::min)
    }

    /// How far the value is; what is no place is farthest.
    pub(crate) fn distance(&self, value: RawBsonRef) -> f64 {
        let stored = Bson::try_from(value).ok().and_then(|value| stored(&value));
        stored.and_then(|stored| self.distance_to(&stored)).unwrap_or(f64::INFINITY)
    }
}

/// The angle between two places on the sphere (haversine formula).
fn angle(a: Point, b: Point) -> f64 {
    let (from, to) = (a.1.to_radians(), b.1.to_radians());
    let half = ((to - from) / 2.0).sin().powi(2) + from.cos() * to.cos() * ((b.0 - a.0).to_radians() / 2.0).sin().powi(2);
    2.0 * half.sqrt().min(1.0).asin()
}

fn float(value: &Bson) -> Option<f64> {
    match value {
        Bson::Double(number) => Some(*number),
        Bson::Int32(number) => Some(f64::from(*number)),
        Bson::Int64(number) => Some(*number as f64),
        _ => None,
    }
}

/// `[x, y]` or `{ lng: x, lat: y }`.
fn point(value: &Bson) -> Option<Point> {
    let mut numbers = match value {
        Bson::Array(items) => items.iter().map(float).collect::<Option<Vec<f64>>>()?,
        Bson::Document(fields) => fields.values().map(float).collect::<Option<Vec<f64>>>()?,
        _ => return None,
    }
    .into_iter();
    Some((numbers.next()?, numbers.next()?))
}

fn points(value: &Bson) -> Option<Vec<Point>> {
    match value {
        Bson::Array(items) => items.iter().map(point).collect(),
        Bson::Document(fields) => fields.values().map(point).collect(),
        _ => None,
    }
}

fn list<T>(value: &Bson, read: impl Fn(&Bson) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

fn geo_json(given: &Document) -> Option<Shape> {
    let coordinates = given.get("coordinates");
    match given.get_str("type").ok()? {
        "Point" => Some(Shape::Points(vec![point(coordinates?)?])),
        "MultiPoint" => Some(Shape::Points(points(coordinates?)?)),
        "LineString" => Some(Shape::Lines(vec![points(coordinates?)?])),
        "MultiLineString" => Some(Shape::Lines(list(coordinates?, points)?)),
        "Polygon" => Some(Shape::Areas(vec![list(coordinates?, points)?])),
        "MultiPolygon" => Some(Shape::Areas(list(coordinates?, |area| list(area, points))?)),
        _ => None,
    }
}

fn shape(operand: &Bson) -> Option<Shape> {
    let Bson::Document(given) = operand else { return None };
    let (name, value) = given.iter().next()?;
    match name.as_str() {
        "$geometry" => geo_json(value.as_document()?),
        "$box" => {
            let corners = points(value)?;
            let ((left, bottom), (right, top)) = (*corners.first()?, *corners.get(1)?);
            Some(Shape::Areas(vec![vec![vec![
                (left, bottom),
                (right, bottom),
                (right, top),
                (left, top),
                (left, bottom),
            ]]]))
        }
        "$polygon" => Some(Shape::Areas(vec![vec![points(value)?]])),
        "$center" | "$centerSphere" => {
            let parts = value.as_array()?;
            let (center, radius) = (point(parts.first()?)?, float(parts.get(1)?)?);
            Some(if name == "$center" {
                Shape::Circle(center, radius)
            } else {
                Shape::Cap(center, radius)
            })
        }
        _ => geo_json(given),
    }
}

/// What a document holds: GeoJSON, or a pair of numbers.
fn stored(value: &Bson) -> Option<Shape> {
    match value {
        Bson::Document(given) if given.contains_key("coordinates") => geo_json(given),
        other => point(other).map(|point| Shape::Points(vec![point])),
    }
}

fn points_of(shape: &Shape) -> Vec<Point> {
    match shape {
        Shape::Points(points) => points.clone(),
        Shape::Lines(lines) => lines.concat(),
        Shape::Areas(areas) => areas.iter().flat_map(|rings| rings.first().cloned().unwrap_or_default()).collect(),
        Shape::Circle(center, _) | Shape::Cap(center, _) => vec![*center],
    }
}

fn covers(shape: &Shape, point: Point) -> bool {
    match shape {
        Shape::Points(points) => points.contains(&point),
        Shape::Lines(lines) => lines.iter().any(|line| line.contains(&point)),
        Shape::Areas(areas) => areas.iter().any(|rings| {
            let mut rings = rings.iter();
            rings.next().is_some_and(|outline| inside(outline, point)) && !rings.any(|hole| inside(hole, point))
        }),
        Shape::Circle(center, radius) => (point.0 - center.0).hypot(point.1 - center.1) <= *radius,
        Shape::Cap(center, radius) => angle(*center, point) <= *radius,
    }
}

/// Even-odd rule; the outline itself is inside.
fn inside(ring: &[Point], point: Point) -> bool {
    let mut is_inside = false;
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if cross(*a, *b, point) == 0.0 && between(*a, *b, point) {
            return true;
        }
        if (a.1 > point.1) != (b.1 > point.1) && point.0 < (b.0 - a.0) * (point.1 - a.1) / (b.1 - a.1) + a.0 {
            is_inside = !is_inside;
        }
    }
    is_inside
}

fn cross(a: Point, b: Point, c: Point) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

fn between(a: Point, b: Point, point: Point) -> bool {
    (a.0.min(b.0)..=a.0.max(b.0)).contains(&point.0) && (a.1.min(b.1)..=a.1.max(b.1)).contains(&point.1)
}

fn segments(shape: &Shape) -> Vec<(Point, Point)> {
    let of = |line: &Vec<Point>| line.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
    match shape {
        Shape::Lines(lines) => lines.iter().flat_map(of).collect(),
        Shape::Areas(areas) => areas.iter().flatten().flat_map(of).collect(),
        _ => Vec::new(),
    }
}

fn meets(query: &Shape, stored: &Shape) -> bool {
    let (left, right) = (segments(query), segments(stored));
    points_of(stored)
        .iter()
        .any(|point| covers(query, *point) || left.iter().any(|(a, b)| cross(*a, *b, *point) == 0.0 && between(*a, *b, *point)))
        || points_of(query)
            .iter()
            .any(|point| covers(stored, *point) || right.iter().any(|(a, b)| cross(*a, *b, *point) == 0.0 && between(*a, *b, *point)))
        || left.iter().any(|one| right.iter().any(|other| cut(*one, *other)))
}

fn cut((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    cross(a, b, c) * cross(a, b, d) < 0.0 && cross(c, d, a) * cross(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use crate::filter::Filter;
    use bson::{Document, doc};

    #[track_caller]
    fn check(filter: Document, place: Document, expected: bool) {
        assert_eq!(
            Filter::parse(&filter).unwrap().matches_document(&place).unwrap(),
            expected,
            "{filter} {place}"
        );
    }

    #[test]
    fn tells_where_places_are() {
        let place = doc! { "at": { "type": "Point", "coordinates": [2, 2] } };
        let square = doc! { "type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]] };
        check(
            doc! { "at": { "$geoWithin": { "$geometry": square.clone() } } },
            place.clone(),
            true,
        );
        check(doc! { "at": { "$geoWithin": { "$box": [[3, 3], [4, 4]] } } }, place.clone(), false);
        check(
            doc! { "at": { "$geoWithin": { "$center": [[2, 3], 1] } } },
            doc! { "at": [2, 2] },
            true,
        );
        let near = doc! { "$geometry": { "type": "Point", "coordinates": [2, 2.001] }, "$maxDistance": 200 };
        check(doc! { "at": { "$near": near } }, place, true);
        let line = doc! { "at": { "type": "LineString", "coordinates": [[-1, 1], [5, 1]] } };
        check(doc! { "at": { "$geoIntersects": { "$geometry": square } } }, line, true);
    }
}

package org.peerworks.pose.image;

/**
 * A map of the plane: {@code x' = a·x + b·y + c}, {@code y' = d·x + e·y + f}. Coordinates count
 * from the centre of the top-left pixel.
 */
public record Affine(double a, double b, double c, double d, double e, double f) {

  public static final Affine IDENTITY = new Affine(1, 0, 0, 0, 1, 0);

  /** Makes an image larger or smaller: pixel edges stay pixel edges. */
  public static Affine resize(double factor) {
    double shift = (factor - 1) / 2;
    return new Affine(factor, 0, shift, 0, factor, shift);
  }

  /** Moves an image. */
  public static Affine shift(double right, double down) {
    return new Affine(1, 0, right, 0, 1, down);
  }

  /** Turns and scales about a point, then shifts. */
  public static Affine about(
      double x, double y, double degrees, double scale, double shiftX, double shiftY) {
    double cos = scale * Math.cos(Math.toRadians(degrees));
    double sin = scale * Math.sin(Math.toRadians(degrees));
    return new Affine(
        cos, -sin, x - cos * x + sin * y + shiftX, sin, cos, y - sin * x - cos * y + shiftY);
  }

  /** First this, then the other. */
  public Affine then(Affine next) {
    return new Affine(
        next.a * a + next.b * d,
        next.a * b + next.b * e,
        next.a * c + next.b * f + next.c,
        next.d * a + next.e * d,
        next.d * b + next.e * e,
        next.d * c + next.e * f + next.f);
  }

  public Affine inverse() {
    double determinant = a * e - b * d;
    double ia = e / determinant;
    double ib = -b / determinant;
    double id = -d / determinant;
    double ie = a / determinant;
    return new Affine(ia, ib, -(ia * c + ib * f), id, ie, -(id * c + ie * f));
  }

  public double x(double px, double py) {
    return a * px + b * py + c;
  }

  public double y(double px, double py) {
    return d * px + e * py + f;
  }

  /** Draws an image through this map; black where nothing comes from. */
  public Raster draw(Raster source, int height, int width) {
    float[] result = new float[source.channels() * height * width];
    draw(source, height, width, result, 0);
    return new Raster(source.channels(), height, width, result);
  }

  /** Draws an image through this map into numbers that are all 0 from {@code offset} on. */
  public void draw(Raster source, int height, int width, float[] result, int offset) {
    Affine back = inverse();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        back.sample(source, x, y, result, offset + y * width + x, height * width);
      }
    }
  }

  private void sample(Raster source, int x, int y, float[] result, int at, int step) {
    double sx = clampEdge(x(x, y), source.width());
    double sy = clampEdge(y(x, y), source.height());
    if (Double.isNaN(sx) || Double.isNaN(sy)) {
      return;
    }
    int x0 = (int) sx;
    int y0 = (int) sy;
    int x1 = Math.min(x0 + 1, source.width() - 1);
    int y1 = Math.min(y0 + 1, source.height() - 1);
    float fx = (float) (sx - x0);
    float fy = (float) (sy - y0);
    float[] data = source.data();
    for (int channel = 0; channel < source.channels(); channel++) {
      int base = channel * source.height() * source.width();
      int upper = base + y0 * source.width();
      int lower = base + y1 * source.width();
      float top = data[upper + x0] * (1 - fx) + data[upper + x1] * fx;
      float bottom = data[lower + x0] * (1 - fx) + data[lower + x1] * fx;
      result[channel * step + at] = top * (1 - fy) + bottom * fy;
    }
  }

  /** Half a pixel beyond the outermost centres still belongs to the image; NaN outside. */
  private static double clampEdge(double value, int size) {
    if (value < -0.5 || value > size - 0.5) {
      return Double.NaN;
    }
    return Math.max(0, Math.min(size - 1, value));
  }
}

package org.peerworks.lib.slp;

/**
 * A labelled body part.
 *
 * @param x pixels to the right of the centre of the top-left pixel; NaN if the part is missing
 * @param y pixels below the centre of the top-left pixel; NaN if the part is missing
 * @param visible false if the part is missing, or labelled where it is hidden
 * @param complete whether the person who labelled it called it done
 */
public record Point(double x, double y, boolean visible, boolean complete) {

  /** A body part that was not labelled. */
  public static final Point MISSING = new Point(Double.NaN, Double.NaN, false, false);

  /** Whether the part has a place at all. */
  public boolean present() {
    return !Double.isNaN(x) && !Double.isNaN(y);
  }
}

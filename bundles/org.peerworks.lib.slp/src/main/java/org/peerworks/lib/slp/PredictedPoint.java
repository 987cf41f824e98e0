package org.peerworks.lib.slp;

/**
 * A body part that a model found.
 *
 * @param point where; {@link Point#MISSING} if it was not found
 * @param score confidence, mostly from 0 to 1
 */
public record PredictedPoint(Point point, double score) {

  /** A body part that was not found. */
  public static final PredictedPoint MISSING = new PredictedPoint(Point.MISSING, 0);
}

package org.peerworks.health.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes figures. Names and labels are those of Prometheus' text format 0.0.4: a name is {@code
 * peerworks_} and words with underscores, with its base unit last ({@code _bytes}, {@code
 * _seconds}), a label's name a word; a label's value may be any text.
 */
@ProviderType
public interface Metrics {

  /**
   * Takes a figure that may rise and fall.
   *
   * @param name the same name may be told again with other labels
   * @param help what it is, in one sentence; that of the first call with this name counts
   * @param labels names and values in turn
   * @throws IllegalArgumentException if the name or a label's name is none, the name was told as a
   *     counter before, or with the same labels
   */
  void gauge(String name, String help, double value, String... labels);

  /**
   * Takes a figure that only rises, until what counts begins again at 0.
   *
   * @param name ends with {@code _total}
   * @throws IllegalArgumentException as {@link #gauge}
   */
  void counter(String name, String help, double value, String... labels);
}

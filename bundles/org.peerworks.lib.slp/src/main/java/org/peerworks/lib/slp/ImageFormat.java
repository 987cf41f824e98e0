package org.peerworks.lib.slp;

import java.util.Locale;
import java.util.Optional;

/** How an embedded image is encoded. */
public enum ImageFormat {
  PNG,
  JPG,
  /** Raw bytes: rows, columns, channels. */
  HDF5;

  static Optional<ImageFormat> of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "png" -> Optional.of(PNG);
      case "jpg", "jpeg" -> Optional.of(JPG);
      case "hdf5" -> Optional.of(HDF5);
      default -> Optional.empty();
    };
  }

  String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}

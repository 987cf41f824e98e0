package org.peerworks.job.engine.internal;

import java.util.Comparator;

/** A version of a job type. */
record TypeKey(String type, String version) {

  /** By type; of one type the highest version first. */
  static final Comparator<TypeKey> HIGHEST_FIRST =
      Comparator.comparing(TypeKey::type)
          .thenComparing(
              Comparator.comparing(TypeKey::version, RegisteredType::compareVersions)
                  .thenComparing(TypeKey::version)
                  .reversed());

  @Override
  public String toString() {
    return "'" + type + "' " + version;
  }
}

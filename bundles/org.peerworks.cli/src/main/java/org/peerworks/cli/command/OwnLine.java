package org.peerworks.cli.command;

import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A command about the user's own files, which calls nobody. */
abstract class OwnLine implements Line {

  @Mixin private OwnOptions own;

  abstract OwnInvocation command(OwnInvocation.Context context);

  @Override
  public final Parsed run(Surroundings surroundings) {
    return OwnOptions.run(command(own.context(surroundings, Optional.empty())), surroundings);
  }
}

package org.peerworks.cli.command;

import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A command that calls the signalling server. */
abstract class CallLine implements Line {

  @Mixin private ServerOptions server;

  @Mixin private OwnOptions own;

  abstract OwnInvocation command(OwnInvocation.Context context);

  @Override
  public final Parsed run(Surroundings surroundings) {
    Server called = server.chosen(surroundings).orElse(Server.LOCAL);
    return OwnOptions.run(command(own.context(surroundings, Optional.of(called))), surroundings);
  }
}

package org.peerworks.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The group of commands about rooms. */
@Command(
    name = "room",
    description = "Look after the rooms of your account, where workers and clients meet.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  ${COMMAND-FULL-NAME} create --name lab", "  ${COMMAND-FULL-NAME} list"})
final class RoomLines implements Group {

  @Mixin private HelpOptions help;

  @Override
  public List<Class<? extends Line>> lines() {
    return List.of(
        ListLine.class,
        CreateLine.class,
        InfoLine.class,
        DeleteLine.class,
        InviteLine.class,
        JoinLine.class,
        DefaultLine.class,
        SecretLine.class);
  }

  private abstract static class OneRoomLine extends CallLine {

    @Parameters(paramLabel = "ROOM", description = "Id of the room, as 'room list' shows it.")
    private String id;

    final String id() {
      return id;
    }
  }

  @Command(
      name = "list",
      description = "List your rooms; the one that counts where none is named has a *.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --filter owned --sort expires")
  static final class ListLine extends CallLine {

    @Option(
        names = {"-f", "--filter"},
        paramLabel = "WHICH",
        order = 1,
        defaultValue = "all",
        description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private RoomInvocation.Filter filter;

    @Option(
        names = {"-s", "--sort"},
        paramLabel = "BY",
        order = 2,
        defaultValue = "name",
        description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private RoomInvocation.Sort sort;

    @Option(
        names = {"-r", "--reverse"},
        order = 3,
        description = "The other way round.")
    private boolean reverse;

    @Option(
        names = "--search",
        paramLabel = "TEXT",
        order = 4,
        description = "Only rooms with this in their name or id.")
    private String search;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new RoomInvocation.List(context, filter, sort, reverse, Optional.ofNullable(search));
    }
  }

  @Command(
      name = "create",
      description = "Make a room.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --name lab --expires never")
  static final class CreateLine extends CallLine {

    @Option(
        names = {"-n", "--name"},
        paramLabel = "NAME",
        order = 1,
        description = "What people see. Default: your name.")
    private String name;

    @Option(
        names = {"-e", "--expires"},
        paramLabel = "TIME",
        order = 2,
        defaultValue = "30d",
        description =
            "Days until it goes, such as 1d, 5d or 30d, or never. Default: ${DEFAULT-VALUE}.")
    private String expires;

    @Option(names = "--reveal", order = 3, description = "Print the room's token.")
    private boolean reveal;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new RoomInvocation.Create(context, Optional.ofNullable(name), days(expires), reveal);
    }

    private static OptionalInt days(String expires) {
      if (expires.equals("never")) {
        return OptionalInt.empty();
      }
      int days = expires.matches("\\d{1,3}d?") ? Integer.parseInt(expires.replace("d", "")) : 0;
      if (days < 1 || days > 365) {
        throw new UsageException("--expires is 1d to 365d, or never, but was '" + expires + "'.");
      }
      return OptionalInt.of(days);
    }
  }

  @Command(
      name = "info",
      description = "Show a room: its members, and the workers in it.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} 2f4919b3")
  static final class InfoLine extends OneRoomLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new RoomInvocation.Info(context, id());
    }
  }

  @Command(
      name = "delete",
      description = "Delete a room. Who is in it is put out, and its tokens become useless.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} 2f4919b3 --force")
  static final class DeleteLine extends OneRoomLine {

    @Mixin private ForceOption force;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new RoomInvocation.Delete(context, id(), force.given());
    }
  }

  @Command(
      name = "invite",
      description = "Make a code with which somebody becomes a member: 'room join --code CODE'.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} 2f4919b3")
  static final class InviteLine extends OneRoomLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new RoomInvocation.Invite(context, id());
    }
  }

  @Command(
      name = "join",
      description = "Become a member of a room.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --code ABCD2345")
  static final class JoinLine extends CallLine {

    @Option(
        names = {"-c", "--code"},
        paramLabel = "CODE",
        order = 1,
        description =
            "What 'room invite' printed; - reads it from standard input. Default: a question.")
    private String code;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new RoomInvocation.Join(context, Optional.ofNullable(code));
    }
  }

  @Command(
      name = "set-default",
      description = "Remember the room that counts where a command names none.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} 2f4919b3")
  static final class DefaultLine extends OwnLine {

    @Parameters(paramLabel = "ROOM", description = "Id of the room, as 'room list' shows it.")
    private String id;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new RoomInvocation.SetDefault(context, id);
    }
  }

  @Command(
      name = "create-secret",
      description = {
        "Make a secret of a room. A worker that knows it takes only clients that know it too.",
        "The server never learns it, so take it to the others yourself."
      },
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --room 2f4919b3 --reveal")
  static final class SecretLine extends OwnLine {

    @Option(
        names = {"-r", "--room"},
        paramLabel = "ROOM",
        order = 1,
        required = true,
        description = "Id of the room.")
    private String room;

    @Option(
        names = "--save",
        order = 2,
        negatable = true,
        defaultValue = "true",
        fallbackValue = "true",
        description = "Keep it in the credentials. The default.")
    private boolean save;

    @Option(names = "--reveal", order = 3, description = "Print the secret.")
    private boolean reveal;

    @Mixin private ForceOption force;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      if (!save && !reveal) {
        throw new UsageException("With --no-save, nobody would know the secret. Add --reveal.");
      }
      return new RoomInvocation.CreateSecret(context, room, save, reveal, force.given());
    }
  }
}

package org.peerworks.cli.command;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The commands that say who the user is. */
final class AccountLines {

  private AccountLines() {}

  @Command(
      name = "login",
      description = {
        "Sign in to the signalling server, with a page in your browser.",
        "The address is printed too, for a browser elsewhere. The sign-in is kept in"
            + " ~/.sleap-rtc/credentials.json."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ${COMMAND-FULL-NAME}",
        "  ${COMMAND-FULL-NAME} --server wss://signaling.example.org --no-browser"
      })
  static final class Login extends CallLine {

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        order = 1,
        defaultValue = "120",
        converter = Patience.class,
        description = "How long to wait for you. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(names = "--no-browser", order = 2, description = "Open no browser.")
    private boolean noBrowser;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new AccountInvocation.Login(context, timeout, !noBrowser);
    }
  }

  @Command(
      name = "logout",
      description =
          "Forget the sign-in. Keys, tokens and secrets of rooms stay; see 'credentials'.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME}")
  static final class Logout extends OwnLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new AccountInvocation.Logout(context);
    }
  }

  @Command(
      name = "whoami",
      description = "Say who is signed in, and until when. Exits with 1 if nobody is.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --json")
  static final class WhoAmI extends OwnLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new AccountInvocation.WhoAmI(context);
    }
  }

  @Command(
      name = "status",
      description = {
        "Say which server, account, rooms and files this program uses, and whether the server answers.",
        "Exits with 3 if it does not."
      },
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME}")
  static final class Status extends CallLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new AccountInvocation.Status(context);
    }
  }

  /** Seconds, or a time with its unit. */
  static final class Patience implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        Duration time =
            value.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(value))
                : Durations.parse(value);
        if (!time.isZero() && time.compareTo(Duration.ofHours(1)) <= 0) {
          return time;
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      throw new TypeConversionException("'" + value + "' is no time from 1 second to 1 hour.");
    }
  }
}

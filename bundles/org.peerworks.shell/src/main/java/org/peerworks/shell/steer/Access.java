package org.peerworks.shell.steer;

import java.util.List;
import org.peerworks.shell.api.Role;
import org.peerworks.shell.api.ShellUser;
import org.peerworks.shell.rules.Rule;
import org.peerworks.shell.rules.Rules;

/** What a user may do. */
final class Access {

  private final ShellUser user;
  private final Rules rules;

  Access(ShellUser user, Rules rules) {
    this.user = user;
    this.rules = rules;
  }

  Rule rule(String name, List<String> arguments) {
    return rules.of(Catalog.scope(name), Catalog.function(name), arguments);
  }

  boolean allows(Rule rule) {
    return user.role().includes(rule.role());
  }

  /** Whether Gogo's own language is open to the user: it reaches everything. */
  boolean allowsLanguage() {
    return user.role() == Role.ADMINISTRATOR;
  }

  /** Whether a command is worth naming: with some arguments it may be used. */
  boolean allowsSome(String name) {
    return rules.anyOf(Catalog.scope(name), Catalog.function(name)).stream().anyMatch(this::allows);
  }
}

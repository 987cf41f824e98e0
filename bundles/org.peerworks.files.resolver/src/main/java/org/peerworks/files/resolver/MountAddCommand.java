package org.peerworks.files.resolver;

import java.io.IOException;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code files:mount-add}; no method of Java has this name, so it is a function of Gogo's. */
@Component(service = MountAddCommand.class)
@GogoCommand(scope = "files", function = "mount-add")
public final class MountAddCommand implements Function {

  @Reference(
      name = "table",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile MountTable table;

  @Override
  public Object execute(CommandSession session, List<Object> arguments) throws IOException {
    if (arguments.size() != 2) {
      throw new IllegalArgumentException(
          "Usage: files:mount-add LABEL DIRECTORY. Clients may look into it from then on.");
    }
    String label = arguments.get(0).toString();
    String path = arguments.get(1).toString();
    FilesCommands.present(table).add(label, path);
    return "Added the mount '" + label + "'.";
  }
}

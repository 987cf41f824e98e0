package org.peerworks.job.train;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Shown;

/**
 * A setting of the configuration that a script replaces.
 *
 * @param prefix nothing, {@code +} or {@code ++}
 * @param key dotted path in the configuration
 * @param value as it was written
 * @param scalars the plain texts in the value
 */
record ConfigOverride(String prefix, String key, String value, List<String> scalars) {

  private static final Pattern FORM =
      Pattern.compile("(\\+{0,2})((?:data|model|trainer)_config(?:\\.[A-Za-z0-9_]+)+)=(.*)");

  static ConfigOverride parse(int line, String word) throws PackageException {
    Matcher matcher = FORM.matcher(word);
    if (!matcher.matches()) {
      throw new PackageException(
          ("Line %d of the script: %s is not understood; wanted a setting like"
                  + " 'trainer_config.max_epochs=20'.")
              .formatted(line, Shown.quoted(word)));
    }
    String key = matcher.group(2);
    String value = matcher.group(3);
    return new ConfigOverride(matcher.group(1), key, value, HydraValue.scalars(key, value));
  }

  String argument() {
    return prefix + key + "=" + value;
  }
}

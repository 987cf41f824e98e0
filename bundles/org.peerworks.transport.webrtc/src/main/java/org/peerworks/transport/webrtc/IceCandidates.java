package org.peerworks.transport.webrtc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which candidates of another peer get to the native library (RFC 8839 §5.1): it takes the text of
 * those that it refuses for a format, so that a sender could write into its memory, and looks up
 * what is no address as a name.
 */
final class IceCandidates {

  /** Of one peer. */
  static final int MOST = 256;

  private static final int LONGEST = 512;
  private static final long LARGEST_PRIORITY = 0xFFFF_FFFFL;
  private static final int LARGEST_PORT = 0xFFFF;

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern V6_GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

  private static final Pattern CANDIDATE =
      Pattern.compile(
          "candidate:[A-Za-z0-9+/]{1,32} [12] (?i:udp|tcp) (\\d{1,10}) ([0-9A-Fa-f.:]{2,45}) (\\d{1,5})"
              + " typ (?:host|srflx|prflx|relay)(?: [A-Za-z-]{1,32} [A-Za-z0-9.:+/-]{1,64}){0,10}");

  private IceCandidates() {}

  /** Whether a candidate is well-formed and names an IP address, and no host name. */
  static boolean usable(String candidate) {
    if (candidate.length() > LONGEST) {
      return false;
    }
    Matcher matcher = CANDIDATE.matcher(candidate);
    return matcher.matches()
        && Long.parseLong(matcher.group(1)) <= LARGEST_PRIORITY
        && Integer.parseInt(matcher.group(3)) <= LARGEST_PORT
        && (V4.matcher(matcher.group(2)).matches() || isV6(matcher.group(2)));
  }

  /** Groups of hexadecimal digits, one run of which may be left out (RFC 4291 §2.2). */
  private static boolean isV6(String address) {
    int gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address) == 8;
    }
    int before = groups(address.substring(0, gap));
    int after = groups(address.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** How many 16-bit groups there are, the last two of which may be an IPv4 address; -1 if none. */
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int count = 0;
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (V6_GROUP.matcher(parts[i]).matches()) {
        count++;
      } else if (i == parts.length - 1 && V4.matcher(parts[i]).matches()) {
        count += 2;
      } else {
        return -1;
      }
    }
    return count;
  }
}

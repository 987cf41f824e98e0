/** Finds out why Peerworks does not work on a machine, and says how to mend it. */
package org.peerworks.doctor;

/** Job type {@code track}: finds animals with the models of a SLEAP tracking package. */
package org.peerworks.job.track;

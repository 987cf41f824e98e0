/** Changes the framework from one set of bundles to another. */
package org.peerworks.deploy.apply;

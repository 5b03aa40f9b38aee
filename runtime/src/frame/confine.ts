/** Takes away what a frame's policy does not cover: WebRTC, and frames inside the frame, which would have it again. */

const WEBRTC = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'RTCIceTransport'];
const FRAMES = 'iframe, frame';

/** Peer connections reach any address, and browsers do not implement the directive for them (CSP 3, `webrtc`). */
export function confine(): void {
  for (const name of WEBRTC) Reflect.deleteProperty(globalThis, name);
  // The document of a new frame loads in a later task; by then the frame is gone.
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node instanceof Element) removeFrames(node);
  });
  const watch = (root: Node): void => observer.observe(root, { childList: true, subtree: true });
  watch(document);
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attach(this: Element, init: ShadowRootInit) {
    const root = attachShadow.call(this, init);
    watch(root);
    return root;
  };
}

function removeFrames(element: Element): void {
  for (const frame of element.querySelectorAll(FRAMES)) frame.remove();
  if (element.matches(FRAMES)) element.remove();
}

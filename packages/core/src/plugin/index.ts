import { createUnplugin } from "unplugin";
export default createUnplugin(() => ({ name: "cfunc" }));

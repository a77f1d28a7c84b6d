// The prototypes of the language are shared by all runs of one worker: nothing may be added to them, or one tenant's run
// could leave something behind for another's. Freezing them would break libraries that assign inherited names.
const intrinsics = [Object, Array, Function, String, Number, Boolean, RegExp, Date, Map, Set, Promise, Error];
for (const { prototype } of intrinsics) void Object.preventExtensions(prototype);

import Broadsheet

print(Hash.of(ByteSlice("broadsheet")))

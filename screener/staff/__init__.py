"""The staff's desk without any screen: the list of responses, one response opened, copies saved and printed."""
